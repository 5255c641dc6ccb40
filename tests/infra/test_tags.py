"""Every resource that AWS can tag has the tags by which its costs are found."""

import pytest
from cfnlint.schema import (
    PROVIDER_SCHEMA_MANAGER,
)

STAGES = ["dev", "prod", "dev with cognito", "prod with a domain"]
TABLE = "AWS::DynamoDB::GlobalTable"
"""Its schema says nothing about tags: each replica has its own."""


def tag_property(kind):
    """The name of the property that holds a type's tags; None if AWS does not tag the type."""
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
    tagging = schema.get("tagging", {})
    if not tagging.get("taggable", "Tags" in schema["properties"]):
        return None
    return tagging.get("tagProperty", "/properties/Tags").removeprefix("/properties/")


def tags_in(resource):
    """The tags of a resource; None if its type has none."""
    properties = resource.get("Properties", {})
    if resource["Type"] == TABLE:
        (properties,) = properties["Replicas"]
        place = "Tags"
    elif not (place := tag_property(resource["Type"])):
        return None
    tags = properties.get(place, {})
    return tags if isinstance(tags, dict) else {tag["Key"]: tag["Value"] for tag in tags}


@pytest.mark.parametrize("name", STAGES)
def test_every_resource_is_tagged_with_its_project_stage_and_component(synthesise, name):
    stage = synthesise(name)

    for stack, template in stage.templates.items():
        noun = stack.removeprefix(stage.stack_name(""))
        component = noun.removesuffix(f"-{stage.settings.region}")
        wanted = {"project": "docket", "stage": stage.settings.stage, "component": component}
        for logical_id, resource in template["Resources"].items():
            tags = tags_in(resource)
            assert tags is None or wanted.items() <= tags.items(), (
                f"{stack}: {logical_id}, {resource['Type']}"
            )


def test_the_types_that_cost_most_can_be_tagged():
    kinds = ["AWS::Lambda::Function", "AWS::S3::Bucket", "AWS::CloudFront::Distribution", TABLE]

    assert all(kind == TABLE or tag_property(kind) for kind in kinds)
    assert tag_property("AWS::IAM::Policy") is None

"""The edge keys: who has them, and how one replaces another without a refused request."""

import json
from dataclasses import replace
from functools import cache

import aws_cdk as cdk
import pytest

from infra.endpoints import ENDPOINTS
from infra.endpoints.meta import NOT_FOUND
from infra.settings import DEV, PROD
from infra.stacks.api import NOUNS, NounStack
from infra.stacks.data import DataStack
from infra.stacks.site import SiteStack
from tests.infra.conftest import CONTEXT, STAGES

MOST_REFERENCES = 60
"""Dynamic references that a template may have, by
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html"""


def with_the_keys(identity):
    return {
        NOT_FOUND.name,
        *(
            row.name
            for row in ENDPOINTS
            if row.reachable == "distribution" and row.exists(identity)
        ),
    }


@pytest.fixture(scope="module")
def stage_with(layers):
    """The templates of production with these labels, by noun."""

    @cache
    def synthesise(*labels):
        settings = replace(STAGES["prod"], edge_keys=labels)
        app = cdk.App(context=CONTEXT)
        stacks = {
            "data": DataStack(app, settings=settings),
            "site": SiteStack(app, settings=settings),
            **{noun: NounStack(app, noun, settings=settings, layers=layers) for noun in NOUNS},
        }
        assembly = app.synth()
        return {
            noun: assembly.get_stack_by_name(stack.stack_name).template
            for noun, stack in stacks.items()
        }

    return synthesise


def references(value, template):
    """The parameters whose ARNs the dynamic references in an expression name, in their order."""
    text = json.dumps(value)
    names = {
        name: parameter["Default"] for name, parameter in template.get("Parameters", {}).items()
    }
    parts = text.split("{{resolve:secretsmanager:")[1:]
    return [
        next(default for name, default in names.items() if f'"Ref": "{name}"' in part)
        for part in parts
    ]


def accepted(templates):
    """The edge keys that each function accepts."""
    return {
        resource["Properties"]["Handler"].removesuffix(".handler"): references(
            resource["Properties"]["Environment"]["Variables"]["DOCKET_EDGE_KEYS"], template
        )
        for template in templates.values()
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Function"
        and "DOCKET_EDGE_KEYS" in resource["Properties"]["Environment"]["Variables"]
    }


def sent(templates):
    """The edge key that the distribution adds to requests to the API, and to no others."""
    (distribution,) = [
        resource["Properties"]["DistributionConfig"]
        for resource in templates["site"]["Resources"].values()
        if resource["Type"] == "AWS::CloudFront::Distribution"
    ]
    ((api, header),) = [
        (origin["Id"], header)
        for origin in distribution["Origins"]
        for header in origin.get("OriginCustomHeaders", [])
    ]
    assert header["HeaderName"] == "x-docket-edge"
    paths = [
        behaviour["PathPattern"]
        for behaviour in distribution["CacheBehaviors"]
        if behaviour["TargetOriginId"] == api
    ]
    assert paths == ["/api/v1/auth/login*", "/api/*"]
    return references(header["HeaderValue"], templates["site"])


def test_functions_that_need_the_distribution_have_the_keys(synthesise):
    for name in ("dev", "dev with cognito", "local"):
        stage = synthesise(name)
        with_keys = {
            function
            for function, properties in stage.functions().items()
            if "DOCKET_EDGE_KEYS" in properties["Environment"]["Variables"]
        }

        assert with_keys == with_the_keys(stage.settings.identity)


@pytest.mark.parametrize("labels", [("1",), ("2", "1"), ("1", "2")])
def test_functions_accept_every_key_and_the_distribution_sends_the_first(stage_with, labels):
    templates = stage_with(*labels)
    keys = [f"/docket/prod/edge-key-{label}-arn" for label in sorted(labels)]

    assert sent(templates) == [f"/docket/prod/edge-key-{labels[0]}-arn"]
    assert {tuple(found) for found in accepted(templates).values()} == {tuple(keys)}
    assert {
        resource["Properties"]["Name"]
        for resource in templates["data"]["Resources"].values()
        if resource["Type"] == "AWS::SSM::Parameter"
    } >= {*keys}


def test_a_further_key_is_read_and_publishes_new_versions(stage_with):
    """A reference that does not change is not read again, and its function not published."""
    before, after = stage_with("1"), stage_with("2", "1")

    for noun in NOUNS:
        published = [
            {
                name
                for name, resource in templates[noun]["Resources"].items()
                if resource["Type"] == "AWS::Lambda::Version"
            }
            for templates in (before, after)
        ]
        unchanged = published[0] & published[1]

        assert len(published[0]) == len(published[1])
        assert len(unchanged) == (1 if noun == "payments" else 0), noun  # the webhook


def test_the_order_of_the_keys_changes_only_the_distribution(stage_with):
    first, second = stage_with("1", "2"), stage_with("2", "1")

    assert {noun: first[noun] for noun in NOUNS} == {noun: second[noun] for noun in NOUNS}
    assert first["site"] != second["site"]


def test_no_template_has_too_many_dynamic_references(stage_with):
    for noun, template in stage_with("2", "1").items():
        assert json.dumps(template).count("{{resolve:") <= MOST_REFERENCES, noun


def test_each_key_is_generated_and_outlives_its_label(stage_with):
    """CloudFormation still reads the old key while it updates the stacks deployed later."""
    keys = [
        resource
        for name, resource in stage_with("2", "1")["data"]["Resources"].items()
        if resource["Type"] == "AWS::SecretsManager::Secret" and "EdgeKey" in name
    ]

    assert len(keys) == 2
    for key in keys:
        assert key["DeletionPolicy"] == "RetainExceptOnCreate"
        assert "Name" not in key["Properties"]
        assert key["Properties"]["GenerateSecretString"] == {
            "PasswordLength": 64,
            "ExcludePunctuation": True,
        }


@pytest.mark.parametrize("name", STAGES)
def test_the_site_is_deployed_after_all_functions_of_the_api(synthesise, name):
    """They accept a new key before the distribution sends it."""
    stage = synthesise(name)
    api = {stage.stack_name(noun) for noun in ("api", *NOUNS)}

    assert api <= stage.deployed_before(stage.stack_name("site"))


@pytest.mark.parametrize(
    "labels", [(), ("1", "1"), ("1", "2", "3"), ("",), ("A",), ("a-b",), ("a" * 21,)]
)
def test_labels_are_one_or_two_and_valid(labels):
    with pytest.raises(ValueError, match="edge_keys"):
        replace(DEV, edge_keys=labels)


def test_every_stage_starts_with_one_key():
    assert DEV.edge_keys == PROD.edge_keys == ("1",)

"""The stacks of a stage: what they share, their order, and what a failed deployment leaves."""

import json

import pytest

from infra.names import Names

STAGES = ["dev", "prod", "dev with cognito", "local", "prod with a domain"]
MOST_RESOURCES = 400
"""Of the 500 that a stack may hold."""
RESOURCES_OF_A_FUNCTION = 11
"""With a deployment group and its alarm. Today it is fewer."""

ACCOUNT_WIDE = {
    "AWS::CloudFront::CachePolicy": ("CachePolicyConfig", "Name"),
    "AWS::CloudFront::Function": ("Name",),
    "AWS::CloudFront::OriginAccessControl": ("OriginAccessControlConfig", "Name"),
    "AWS::CloudFront::OriginRequestPolicy": ("OriginRequestPolicyConfig", "Name"),
    "AWS::CloudFront::ResponseHeadersPolicy": ("ResponseHeadersPolicyConfig", "Name"),
    "AWS::Cognito::UserPoolDomain": ("Domain",),
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName",),
    "AWS::IAM::Role": ("RoleName",),
    # All regions of a stage deliver the logs of their distribution from the same region.
    "AWS::Logs::DeliveryDestination": ("Name",),
    "AWS::Logs::DeliverySource": ("Name",),
    "AWS::S3::Bucket": ("BucketName",),
    # As are their firewalls.
    "AWS::WAFv2::WebACL": ("Name",),
}
"""Where a resource has a name that is unique in all regions of an account, or in all accounts."""

NAMES_OF_RETAINED = {"BucketName", "LogGroupName", "Name", "TableName", "UserPoolName"}
"""The properties by which a resource that production retains may have a fixed name."""


@pytest.mark.parametrize("name", STAGES)
def test_no_stack_exports_to_another(synthesise, name):
    for stack, template in synthesise(name).templates.items():
        outputs = template.get("Outputs", {}).values()

        assert not [output for output in outputs if "Export" in output], stack
        assert "Fn::ImportValue" not in json.dumps(template), stack


@pytest.mark.parametrize("name", STAGES)
def test_every_stack_leaves_room_for_more_resources(synthesise, name):
    for stack, template in synthesise(name).templates.items():
        kinds = [resource["Type"] for resource in template["Resources"].values()]

        assert len(kinds) < MOST_RESOURCES, stack
        assert kinds.count("AWS::Lambda::Function") * RESOURCES_OF_A_FUNCTION < MOST_RESOURCES, (
            stack
        )


@pytest.mark.parametrize("name", STAGES)
def test_a_stack_is_deployed_after_those_whose_resources_it_uses(synthesise, name):
    stage = synthesise(name)
    creators = {
        resource["Properties"]["Name"]: stack
        for stack, template in stage.templates.items()
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::SSM::Parameter"
    }
    data = stage.stack_name("data")
    edge = Names(stage.settings.stage).edge_stack("edge", stage.settings.region)

    for stack, template in stage.templates.items():
        parameters = template.get("Parameters", {}).values()
        names = {
            parameter["Default"]
            for parameter in parameters
            if parameter["Type"].startswith("AWS::SSM::Parameter")
            and not parameter["Default"].startswith("/cdk-bootstrap/")
        }
        earlier = stage.deployed_before(stack)

        assert {creators[name] for name in names} <= earlier, stack
        assert stack in {data, edge} or data in earlier, stack


def test_the_site_is_deployed_after_its_certificate(synthesise):
    stage = synthesise("prod with a domain")
    edge = "docket-prod-edge-us-east-1"
    config = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]

    assert config["ViewerCertificate"]["AcmCertificateArn"] == {
        "Fn::GetStackOutput": {
            "StackName": edge,
            "OutputName": "CertificateArn",
            "Region": "us-east-1",
        }
    }
    assert "CertificateArn" in stage.templates[edge]["Outputs"]
    assert edge in stage.deployed_before(stage.stack_name("site"))


def test_the_alarms_are_deployed_after_the_functions_whose_silence_they_report(synthesise):
    stage = synthesise("prod")
    creators = {
        resource["Properties"]["FunctionName"]: stack
        for stack, template in stage.templates.items()
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Function"
    }
    silent = [
        (stack, dimension["Value"])
        for stack, template in stage.templates.items()
        for resource in template["Resources"].values()
        if resource.get("Properties", {}).get("TreatMissingData") == "breaching"
        for dimension in resource["Properties"]["Dimensions"]
    ]

    assert silent
    for stack, function in silent:
        assert creators[function] in stage.deployed_before(stack), function


@pytest.mark.parametrize(("name", "protected"), [("prod", {"data"}), ("dev", set())])
def test_only_the_data_of_production_is_protected_from_termination(synthesise, name, protected):
    stage = synthesise(name)

    assert stage.protected == {stage.stack_name(noun) for noun in protected}


@pytest.mark.parametrize("name", STAGES)
def test_a_failed_creation_leaves_no_resource_that_blocks_the_next(synthesise, name):
    """`Retain` also applies to the roll-back of a creation; the name would then be taken."""
    stage = synthesise(name)

    assert not [
        logical_id
        for logical_id, resource in stage.resources.items()
        if resource.get("DeletionPolicy") == "Retain"
    ]
    assert {
        resource["Type"]
        for resource in stage.resources.values()
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate"
    } <= {resource["Type"] for resource in stage.stack("data")["Resources"].values()}


@pytest.mark.parametrize(
    ("name", "of_the_identity"),
    [
        ("prod", {"IdentityTokenKey82565463", "IdentitySealingKey1837DD1C"}),
        ("prod with gateway", {"IdentityPool9E5AED46"}),
    ],
)
def test_production_retains_its_data(synthesise, name, of_the_identity):
    stage = synthesise(name)

    retained = retained_resources(stage)
    groups = {
        logical_id
        for logical_id, resource in stage.stack("data")["Resources"].items()
        if resource["Type"] == "AWS::Logs::LogGroup"
    }

    assert groups
    assert retained.keys() == groups | of_the_identity | {
        "DataAccessLogsC0C25EE4",
        "DataDocumentsDACEAC53",
        "DataTableFDBAD0F2",
        "IdentityEdgeKey1703FA1D4",
        "PaymentsStripe424A0ED2",
    }
    assert {resource["UpdateReplacePolicy"] for resource in retained.values()} == {"Retain"}


def test_a_changed_identity_leaves_no_name_that_blocks_the_way_back(synthesise):
    """A retained resource keeps its name after the deployment that no longer has it."""
    jwt, cognito = (
        {
            json.dumps(resource["Properties"][property_name])
            for resource in retained_resources(synthesise(name)).values()
            for property_name in NAMES_OF_RETAINED & resource["Properties"].keys()
        }
        for name in ("prod", "prod with gateway")
    )

    assert jwt == cognito
    assert '"/docket/prod/auth/authorize"' in jwt


def retained_resources(stage):
    """The resources that outlive their stack, by logical id."""
    return {
        logical_id: resource
        for logical_id, resource in stage.stack("data")["Resources"].items()
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate"
    }


@pytest.mark.parametrize("name", ["prod", "dev with cognito"])
def test_what_has_deletion_protection_is_created_last(synthesise, name):
    """A roll-back cannot remove it, so nothing of its stack may fail after it."""
    resources = synthesise(name).stack("data")["Resources"]
    (table,) = [
        logical_id
        for logical_id, resource in resources.items()
        if resource["Type"] == "AWS::DynamoDB::GlobalTable"
    ]

    protected = {
        logical_id
        for logical_id, resource in resources.items()
        if "DeletionProtection" in json.dumps(resource["Properties"])
    }

    assert protected <= {table}
    assert resources.keys() - {table} == set(resources[table]["DependsOn"])


def account_wide_names(stage):
    """The names of a stage that must differ from those of another stage or region."""
    names = set()
    for kind, path in ACCOUNT_WIDE.items():
        for resource in stage.of_type(kind).values():
            value = resource.get("Properties", {})
            for part in path:
                value = value.get(part, {})
            if value:
                names.add((kind, stage.resolved(value, stage.settings.region)))
    return names


def test_one_account_holds_the_same_stage_in_two_regions(synthesise):
    stage, other = synthesise("prod"), synthesise("prod with a domain")
    assert (stage.settings.stage, other.settings.stage) == ("prod", "prod")
    assert stage.settings.region != other.settings.region

    names = account_wide_names(stage)

    assert {kind for kind, _ in names} >= {
        "AWS::CloudFront::Function",
        "AWS::CloudFront::OriginAccessControl",
        "AWS::CloudFront::ResponseHeadersPolicy",
        "AWS::Logs::DeliverySource",
        "AWS::S3::Bucket",
        "AWS::WAFv2::WebACL",
    }
    assert not names & account_wide_names(other)
    assert not stage.locations & other.locations

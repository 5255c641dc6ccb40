"""`make preflight` asks whether the region offers what the templates of the region use."""

import pytest

from infra.preflight.checks import services_of
from tests.infra.conftest import STAGES

NAMES = {"apigatewayv2": "apigateway", "cognito": "cognito-idp"}
"""AWS's names in the list of a region's services, where a type of resource has another."""

EVERYWHERE = {"iam", "cloudfront", "route53", "cdk"}
"""Services without regions, and the metadata of the CDK."""

DEPLOYED = sorted(STAGES.keys() - {"local"})


def services_in(template):
    """The services of a template: of its types, of tracing, and the one that deploys it."""
    yield "cloudformation"
    for resource in template["Resources"].values():
        service = resource["Type"].split("::")[1].lower()
        yield NAMES.get(service, service)
        if resource.get("Properties", {}).get("TracingConfig", {}).get("Mode") == "Active":
            yield "xray"


@pytest.mark.parametrize("name", DEPLOYED)
def test_the_services_of_a_stage_are_those_of_its_templates(synthesise, name):
    stage = synthesise(name)
    prefix = stage.stack_name("")

    used = {
        service
        for region, stack in stage.locations
        if region == stage.settings.region and not stack.startswith(f"{prefix}edge")
        for service in services_in(stage.templates[stack])
    }

    assert services_of(stage.settings) == used - EVERYWHERE

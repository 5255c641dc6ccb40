"""A first deployment that fails half-way leaves nothing behind, and can be repeated.

The real templates of production go into the emulator, each with one resource more that cannot be
created.
"""

import copy
import json

import pytest
from botocore.exceptions import WaiterError

from infra.stacks.api import NOUNS
from infra.unfinished import lift_protection
from local.emulator import REGION
from tests.infra.deployments import (
    FAST,
    Clients,
    client,
    left_behind,
    template_url,
    without_bootstrap,
)

STACK = "docket-prod-data"
STACKS_OF_FUNCTIONS = ("api", *NOUNS, "reader", "debts")
REFUSED = {
    "Type": "AWS::SSM::Parameter",
    # CloudFormation cannot create parameters of this type.
    "Properties": {"Name": "/refused", "Type": "SecureString", "Value": "refused"},
}


@pytest.fixture
def cloudformation(emulator):
    return client(emulator, "cloudformation")


def that_fails(template):
    """The template with a resource that is refused when all but the table was created."""
    template = copy.deepcopy(template)
    resources = template["Resources"]
    tables = {
        logical_id
        for logical_id, resource in resources.items()
        if resource["Type"] == "AWS::DynamoDB::GlobalTable"
    }
    resources["Refused"] = {**REFUSED, "DependsOn": sorted(resources.keys() - tables)}
    for table in tables:
        resources[table]["DependsOn"] = [*resources[table]["DependsOn"], "Refused"]
    return template


def create(cloudformation, template, stack=STACK):
    """Create the stack. Raises `WaiterError` if that fails."""
    cloudformation.create_stack(
        StackName=stack,
        TemplateURL=template_url(cloudformation.meta.endpoint_url, stack, template),
        EnableTerminationProtection=stack == STACK,
        Capabilities=["CAPABILITY_IAM"],
    )
    waiter = cloudformation.get_waiter("stack_create_complete")
    waiter.wait(StackName=stack, WaiterConfig=FAST)


def remove(emulator, stack=STACK):
    """Remove the stack of a failed creation, as `make deploy` does before it creates it again."""
    lift_protection(Clients(emulator), "prod", REGION, lambda _: None)
    cloudformation = client(emulator, "cloudformation")
    cloudformation.delete_stack(StackName=stack)
    waiter = cloudformation.get_waiter("stack_delete_complete")
    waiter.wait(StackName=stack, WaiterConfig=FAST)


def status(cloudformation, stack=STACK):
    return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]


def test_a_first_deployment_that_failed_can_be_repeated(synthesise, emulator, cloudformation):
    template = without_bootstrap(synthesise("prod").stack("data"))

    with pytest.raises(WaiterError):
        create(cloudformation, that_fails(template))
    assert status(cloudformation) == "ROLLBACK_COMPLETE"
    remove(emulator)
    assert left_behind(emulator) == []

    create(cloudformation, template)

    assert status(cloudformation) == "CREATE_COMPLETE"
    assert len(left_behind(emulator)) > 0


def test_so_can_that_of_each_stack_of_functions(synthesise, emulator, cloudformation):
    """Beside the data, which stays: a failure of theirs must not touch it."""
    stage = synthesise("prod")
    create(cloudformation, without_bootstrap(stage.stack("data")))

    for noun in STACKS_OF_FUNCTIONS:
        stack, template = stage.stack_name(noun), without_bootstrap(stage.stack(noun))
        before = left_behind(emulator)
        with pytest.raises(WaiterError):
            create(cloudformation, that_fails(template), stack)
        assert status(cloudformation, stack) == "ROLLBACK_COMPLETE"
        remove(emulator, stack)
        assert left_behind(emulator) == before

        create(cloudformation, template, stack)

        assert len(left_behind(emulator)) > len(before)
    assert cloudformation.describe_stacks(StackName=STACK)["Stacks"][0][
        "EnableTerminationProtection"
    ]


def test_a_retained_bucket_would_block_the_repetition(synthesise, emulator, cloudformation):
    template = without_bootstrap(synthesise("prod").stack("data"))
    retained = json.loads(json.dumps(template).replace("RetainExceptOnCreate", "Retain"))

    with pytest.raises(WaiterError):
        create(cloudformation, that_fails(retained))
    remove(emulator)

    with pytest.raises(WaiterError):
        create(cloudformation, retained)

"""A first deployment that fails half-way leaves nothing behind, and can be repeated.

The real template of the data of production goes into the emulator, with one resource more that
cannot be created.
"""

import copy
import json

import pytest
from botocore.exceptions import WaiterError

from tests.infra.deployments import FAST, client, left_behind, without_bootstrap

STACK = "docket-prod-data"
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
    (table,) = [
        logical_id
        for logical_id, resource in resources.items()
        if resource["Type"] == "AWS::DynamoDB::GlobalTable"
    ]
    resources["Refused"] = {**REFUSED, "DependsOn": sorted(resources.keys() - {table})}
    resources[table]["DependsOn"] = [*resources[table]["DependsOn"], "Refused"]
    return template


def create(cloudformation, template):
    """Create the stack. Raises `WaiterError` if that fails."""
    cloudformation.create_stack(
        StackName=STACK,
        TemplateBody=json.dumps(template),
        EnableTerminationProtection=True,
        Capabilities=["CAPABILITY_IAM"],
    )
    waiter = cloudformation.get_waiter("stack_create_complete")
    waiter.wait(StackName=STACK, WaiterConfig=FAST)


def remove(cloudformation):
    """Remove the stack of a failed creation, as `docs/deployment.md` says."""
    cloudformation.update_termination_protection(StackName=STACK, EnableTerminationProtection=False)
    cloudformation.delete_stack(StackName=STACK)
    waiter = cloudformation.get_waiter("stack_delete_complete")
    waiter.wait(StackName=STACK, WaiterConfig=FAST)


def status(cloudformation):
    return cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]


def test_a_first_deployment_that_failed_can_be_repeated(synthesise, emulator, cloudformation):
    template = without_bootstrap(synthesise("prod").stack("data"))

    with pytest.raises(WaiterError):
        create(cloudformation, that_fails(template))
    assert status(cloudformation) == "ROLLBACK_COMPLETE"
    remove(cloudformation)
    assert left_behind(emulator) == []

    create(cloudformation, template)

    assert status(cloudformation) == "CREATE_COMPLETE"
    assert len(left_behind(emulator)) > 0


def test_a_retained_bucket_would_block_the_repetition(synthesise, emulator, cloudformation):
    template = without_bootstrap(synthesise("prod").stack("data"))
    retained = json.loads(json.dumps(template).replace("RetainExceptOnCreate", "Retain"))

    with pytest.raises(WaiterError):
        create(cloudformation, that_fails(retained))
    remove(cloudformation)

    with pytest.raises(WaiterError):
        create(cloudformation, retained)

"""A first deployment that fails half-way leaves nothing behind, and can be repeated.

The real template of the data of production goes into the emulator, with one resource more that
cannot be created.
"""

import copy
import json

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import WaiterError

from local.emulator import CREDENTIALS, REGION, run_emulator
from local.stack import free_port

FAST = {"Delay": 1, "MaxAttempts": 60}
STACK = "docket-prod-data"
REFUSED = {
    "Type": "AWS::SSM::Parameter",
    # CloudFormation cannot create parameters of this type.
    "Properties": {"Name": "/refused", "Type": "SecureString", "Value": "refused"},
}


@pytest.fixture
def emulator(tmp_path_factory):
    state, port = tmp_path_factory.mktemp("emulator"), free_port()
    service = run_emulator(state, port)
    yield f"http://127.0.0.1:{port}"
    service.stop()


@pytest.fixture
def cloudformation(emulator):
    return client(emulator, "cloudformation")


def client(emulator, service):
    return boto3.client(
        service,
        endpoint_url=emulator,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(s3={"addressing_style": "path"}),
    )


def without_bootstrap(template):
    """The template in an account without CDK's own resources."""
    template = copy.deepcopy(template)
    for part in ("Parameters", "Rules"):
        template.get(part, {}).pop("BootstrapVersion", None)
        template.get(part, {}).pop("CheckBootstrapVersion", None)
    return template


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


def left_behind(emulator):
    """The names that a later creation would collide with."""
    buckets = client(emulator, "s3").list_buckets()["Buckets"]
    groups = client(emulator, "logs").describe_log_groups()["logGroups"]
    parameters = client(emulator, "ssm").describe_parameters()["Parameters"]
    return [
        *client(emulator, "dynamodb").list_tables()["TableNames"],
        *client(emulator, "sqs").list_queues().get("QueueUrls", []),
        *(bucket["Name"] for bucket in buckets),
        *(group["logGroupName"] for group in groups),
        *(parameter["Name"] for parameter in parameters),
    ]


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

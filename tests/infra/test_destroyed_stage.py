"""`make destroy` removes the stacks of a stage with everything in them, in the emulator."""

import pytest

from infra.deployment.deployed import stacks_of_stage
from infra.destroy.stage import destroy
from local.emulator import REGION
from tests.infra.deployments import FAST, Clients, left_behind, template_url, without_bootstrap

API_ID = "/docket/dev/api-id"
"""The API's stack writes it; here the test does, so that the site can be deployed without it."""


@pytest.fixture
def clients(emulator):
    """Clients of the running emulator."""
    return Clients(emulator)


@pytest.fixture
def deployed(synthesise, clients):
    """Deploy the data and the site of `dev`, two stacks of which the second uses the first."""
    parameters = clients.client("ssm", region_name=REGION)
    parameters.put_parameter(Name=API_ID, Value="abc123", Type="String")
    cloudformation = clients.client("cloudformation", region_name=REGION)
    for noun in ("data", "site"):
        stack = synthesise("dev").stack_name(noun)
        template = without_bootstrap(synthesise("dev").templates[stack])
        cloudformation.create_stack(
            StackName=stack,
            TemplateURL=template_url(clients.emulator, stack, template),
            Capabilities=["CAPABILITY_IAM"],
        )
        waiter = cloudformation.get_waiter("stack_create_complete")
        waiter.wait(StackName=stack, WaiterConfig=FAST)


@pytest.mark.usefixtures("deployed")
def test_stacks_and_stored_objects_are_removed(clients):
    s3 = clients.client("s3", region_name=REGION)
    buckets = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    (documents,) = [bucket for bucket in buckets if "documents" in bucket]
    for content in (b"first", b"second"):
        s3.put_object(Bucket=documents, Key="uploads/a", Body=content)
    assert len(stacks_of_stage(clients, "dev", REGION)) == 2
    lines: list[str] = []

    destroy(clients, "dev", REGION, lines.append)

    assert f"emptied {documents}, 2 versions" in lines
    assert [line.split()[0] for line in lines if line.endswith("is deleted")] == [
        "docket-dev-site",
        "docket-dev-data",
    ]
    assert stacks_of_stage(clients, "dev", REGION) == []
    assert left_behind(clients.emulator) == [API_ID]

"""A double of CloudFormation that holds stacks; every other service is moto's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from botocore.exceptions import ClientError, WaiterError

FIRST = datetime(2026, 11, 28, tzinfo=UTC)


@dataclass
class FakeStack:
    """A stack. It is deleted once the stacks of `needs_gone` are, and if `on_delete` is true."""

    name: str
    resources: list[tuple[str, str]] = field(default_factory=list)
    protected: bool = False
    status: str = "CREATE_COMPLETE"
    needs_gone: tuple[str, ...] = ()
    on_delete: Callable[[], bool] | None = None


class FakeCloudFormation:
    """The calls that deployments are looked up and deleted with."""

    def __init__(self, stacks):
        self.stacks = stacks
        self.deleted = []

    def get_paginator(self, operation):
        return Pages(getattr(self, f"_{operation}"))

    def _describe_stacks(self):
        for number, stack in enumerate(self.stacks):
            yield {
                "Stacks": [
                    {
                        "StackName": stack.name,
                        "StackStatus": stack.status,
                        "CreationTime": FIRST + timedelta(minutes=number),
                        "EnableTerminationProtection": stack.protected,
                    }
                ]
            }

    def _list_stack_resources(self, StackName):  # noqa: N803 - AWS's name
        (stack,) = (stack for stack in self.stacks if stack.name == StackName)
        for kind, name in stack.resources:
            yield {
                "StackResourceSummaries": [
                    {
                        "ResourceType": kind,
                        "PhysicalResourceId": name,
                        "ResourceStatus": "CREATE_COMPLETE",
                    }
                ]
            }

    def update_termination_protection(self, *, StackName, EnableTerminationProtection):  # noqa: N803 - AWS's
        (stack,) = (stack for stack in self.stacks if stack.name == StackName)
        stack.protected = EnableTerminationProtection

    def delete_stack(self, *, StackName):  # noqa: N803 - AWS's name
        (stack,) = (stack for stack in self.stacks if stack.name == StackName)
        if stack.protected:
            raise ClientError(
                {"Error": {"Code": "ValidationError", "Message": "protected"}}, "DeleteStack"
            )
        names = {other.name for other in self.stacks}
        if not names & {*stack.needs_gone} and (stack.on_delete is None or stack.on_delete()):
            self.stacks.remove(stack)
            self.deleted.append(stack.name)

    def get_waiter(self, name):
        assert name == "stack_delete_complete"
        return self

    def wait(self, *, StackName, WaiterConfig):  # noqa: N803 - AWS's names
        assert WaiterConfig["MaxAttempts"]
        if any(stack.name == StackName for stack in self.stacks):
            raise WaiterError("StackDeleteComplete", "DELETE_FAILED", {})


class Pages:
    def __init__(self, pages):
        self.paginate = pages


class Stacks:
    """The clients of an account with these stacks, by region."""

    def __init__(self, session, by_region):
        self.session = session
        self.regions = {region: FakeCloudFormation(stacks) for region, stacks in by_region.items()}

    def client(self, service, *, region_name):
        if service == "cloudformation":
            return self.regions.setdefault(region_name, FakeCloudFormation([]))
        return self.session.client(service, region_name=region_name)

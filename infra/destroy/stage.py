"""Delete the stacks of a stage, the newest first, and what is left of their resources."""

from collections.abc import Callable

from botocore.exceptions import ClientError, WaiterError

from infra.deployment.deployed import (
    Clients,
    DeployedStack,
    Resource,
    resources_of,
    stacks_of_stage,
)
from infra.destroy.resources import delete, empty

type Log = Callable[[str], None]

WAIT = {"Delay": 5, "MaxAttempts": 360}
"""For one stack: half an hour, because a distribution takes long to be removed everywhere."""


class NotDestroyed(Exception):
    """Some stacks could not be deleted. The message names them."""


def destroy(clients: Clients, stage: str, region: str, log: Log) -> None:
    """Delete the stage in that region. Raises `NotDestroyed`; a repeated call continues.

    Stacks are deleted in the reverse order of their creation. A stack that something still uses, or
    whose bucket was written to again, is tried again after the others.
    """
    remaining = stacks_of_stage(clients, stage, region)[::-1]
    owned = {stack: resources_of(clients, stack) for stack in remaining}
    stalled = False
    while remaining:
        failed = [
            stack for stack in remaining if not _delete_stack(clients, stack, owned[stack], log)
        ]
        if failed == remaining and stalled:
            names = ", ".join(stack.name for stack in failed)
            raise NotDestroyed(f"CloudFormation could not delete {names}; its events say why.")
        stalled = failed == remaining
        remaining = failed
    for stack, resources in owned.items():
        for resource in resources:
            if delete(clients, resource, stack.region):
                log(f"deleted {resource.kind} {resource.id}, which its stack had left")


def _delete_stack(
    clients: Clients, stack: DeployedStack, resources: list[Resource], log: Log
) -> bool:
    """Whether the stack is deleted. Its buckets are emptied first."""
    cloudformation = clients.client("cloudformation", region_name=stack.region)
    for resource in resources:
        count = empty(clients, resource, stack.region)
        if count:
            log(f"emptied {resource.id}, {count} versions")
    if stack.is_protected:
        cloudformation.update_termination_protection(
            StackName=stack.name, EnableTerminationProtection=False
        )
    try:
        cloudformation.delete_stack(StackName=stack.name)
        cloudformation.get_waiter("stack_delete_complete").wait(
            StackName=stack.name, WaiterConfig=WAIT
        )
    except (WaiterError, ClientError):
        log(f"{stack.name} is not deleted yet")
        return False
    log(f"{stack.name} is deleted")
    return True

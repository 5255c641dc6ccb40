"""Before `make deploy`: make way for stacks whose first deployment failed.

    python -m infra.unfinished STAGE

`cdk deploy` switches termination protection on before it creates a stack. If the creation fails,
the protection prevents it from deleting the rest, which it does before it creates the stack again.
So this command switches the protection of such stacks off. They have never been complete, and the
other stacks are deployed after them, so they hold no data of a customer.
"""

import sys
from collections.abc import Callable

from infra.deployment.deployed import Clients, stacks_of_stage
from infra.preflight.credentials import account_or_exit
from infra.settings import DEPLOYED

NEVER_CREATED = {"REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}
"""The states of a stack whose creation is only prepared, or failed. Updates have other states."""


def lift_protection(clients: Clients, stage: str, region: str, log: Callable[[str], None]) -> None:
    """Switch off the termination protection of the stage's stacks that were never created."""
    for stack in stacks_of_stage(clients, stage, region):
        if stack.is_protected and stack.status in NEVER_CREATED:
            clients.client(
                "cloudformation", region_name=stack.region
            ).update_termination_protection(StackName=stack.name, EnableTerminationProtection=False)
            log(
                f"The creation of {stack.name} failed ({stack.status}): its termination protection "
                "is switched off, so that it can be created again, with protection."
            )


def main(stage: str) -> None:
    """Switch the protection off. Exits with 1 for an unknown stage, or without credentials."""
    if stage not in DEPLOYED:
        sys.exit(f"There is no stage {stage!r} to deploy: it is dev or prod.")
    account = account_or_exit(DEPLOYED[stage])
    lift_protection(account.clients, stage, account.region, print)


if __name__ == "__main__":
    main(sys.argv[1])

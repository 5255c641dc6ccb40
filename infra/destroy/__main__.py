"""`make destroy`: delete a stage with all its data.

    python -m infra.destroy STAGE [--confirm STAGE]

Without `--confirm` the name of the stage must be typed. A stage that keeps its data is refused.
"""

import argparse
import sys

from infra.deployment.deployed import session, stacks_of_stage
from infra.destroy.stage import NotDestroyed, destroy
from infra.preflight.account import Account
from infra.preflight.credentials import log_in
from infra.settings import DEPLOYED


def main(arguments: list[str]) -> int:
    """The exit status: 0 only if the stage is gone."""
    parser = argparse.ArgumentParser(prog="python -m infra.destroy")
    parser.add_argument("stage", choices=DEPLOYED)
    parser.add_argument("--confirm", metavar="STAGE")
    wanted = parser.parse_args(arguments)
    settings = DEPLOYED[wanted.stage]
    if settings.keeps_data:
        print(f"{settings.stage} keeps its data: it is not destroyed by a command.")
        return 1
    account = log_in(session, settings)
    if not isinstance(account, Account):
        for finding in account:
            print(f"{finding.fact} {finding.action}")
        return 1
    if not _is_confirmed(account, wanted.confirm):
        print("Nothing was deleted.")
        return 1
    try:
        destroy(account.clients, settings.stage, account.region, print)
    except NotDestroyed as error:
        print(error)
        return 1
    print(f"{settings.stage} is destroyed. CDK's bootstrap stacks remain.")
    return 0


def _is_confirmed(account: Account, confirmation: str | None) -> bool:
    stage = account.settings.stage
    print(f"Account {account.id}, {account.region}. To be deleted with all data:")
    for stack in stacks_of_stage(account.clients, stage, account.region):
        print(f"  {stack.name} ({stack.region})")
    return (confirmation or input(f"Type {stage} to delete it: ").strip()) == stage


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

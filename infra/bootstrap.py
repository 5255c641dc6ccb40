"""`make bootstrap`: prepare the account for the CDK, in the stage's region and in the edge's.

The CLI runs in a directory without a `cdk.json`, where it needs no synthesis.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from infra.preflight.account import Account
from infra.preflight.credentials import account_or_exit
from infra.regions import EDGE_REGION
from infra.settings import DEV

CDK = Path(__file__).parents[1] / "node_modules/.bin/cdk"


def main() -> int:
    """The exit status of the CDK CLI. Exits with 1 without credentials."""
    account = account_or_exit(DEV)  # every stage of an account uses the same bootstrap
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(command(account), cwd=folder, check=False).returncode  # noqa: S603 - our CLI, with a region and an account number


def command(account: Account) -> list[str]:
    """The call of the CDK CLI for the account."""
    regions = sorted({account.region, EDGE_REGION})
    places = [f"aws://{account.id}/{region}" for region in regions]
    return [str(CDK), "--no-notices", "bootstrap", *places]


if __name__ == "__main__":
    sys.exit(main())

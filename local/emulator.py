"""Start `ministack`, an emulator of AWS on one machine, from its own environment.

With an environment of its own, a package that is missing from a layer is missing here as on Lambda.
"""

import os
import shutil
from pathlib import Path

from local.killed_worker import KILL
from local.service import Service, start

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".build/emulator/bin/python"
PROGRAM = Path(__file__).with_name("adapted_ministack.py")
ACCOUNT = "000000000000"
REGION = "us-east-1"
START_SECONDS = 60.0
"""Time until the emulator answers: it loads the stored state before."""

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
}
"""The access keys of the emulator's account. They are valid nowhere else."""

UNKNOWN_TYPES = frozenset(
    {
        "AWS::Backup::BackupSelection",
        "AWS::Budgets::Budget",
        "AWS::CloudWatch::CompositeAlarm",
        "AWS::CodeDeploy::Application",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::GuardDuty::MalwareProtectionPlan",
        "AWS::IAM::OIDCProvider",
        "AWS::Logs::Delivery",
        "AWS::Logs::DeliveryDestination",
        "AWS::Logs::DeliverySource",
        "AWS::Logs::QueryDefinition",
        "AWS::WAFv2::LoggingConfiguration",
        "AWS::WAFv2::WebACLAssociation",
    }
)
"""Types of CloudFormation that the emulator does not know: it refuses a template that has one.

They may stand only in stacks that the local stage does not deploy.
"""


def run_emulator(state: Path, port: int, *, kill: Path | None = None) -> Service:
    """Start the emulator on 127.0.0.1. It stores its data under `state`.

    `kill` is the file that says when a function's process is killed: see `local.killed_worker`.
    """
    scratch = state / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)  # functions' unpacked layers of an earlier run
    scratch.mkdir(parents=True)
    return start(
        "the emulator",
        [str(PYTHON), "-P", str(PROGRAM)],
        environment={
            # Only these variables: the emulator passes its whole environment to the functions, and
            # a function that depends on a variable of the developer's would fail on Lambda.
            "PATH": os.defpath,
            "HOME": str(state),
            "TMPDIR": str(scratch),
            **CREDENTIALS,
            "BIND_HOST": "127.0.0.1",  # by default it listens on every interface
            "GATEWAY_PORT": str(port),
            "IOT_MTLS_ENABLED": "0",  # it would open 8883, and 2222, on every interface
            "SFTP_ENABLED": "0",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(state / "aws"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(state / "s3"),
            # One process a function stays warm; additional ones end after a minute.
            "LAMBDA_WARM_TTL_SECONDS": "60",
            **({KILL: str(kill)} if kill else {}),
        },
        state=state,
        log=state / "logs/emulator.log",
        ready_url=f"http://127.0.0.1:{port}/_ministack/health",
        within_seconds=START_SECONDS,
    )

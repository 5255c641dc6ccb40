"""The whole service on one machine: the emulator, the Stripe double, and a real deployment.

`make run` runs one under `.local/`; the end-to-end tests start their own.
"""

import json
import os
import secrets
import shutil
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self, cast

import boto3
from botocore.config import Config

from infra.deployment.publish_site import BUILD, publish
from infra.endpoint_spec import IdentityProvider
from infra.layers.build import host_architecture
from infra.queues import QUEUES
from infra.settings import Emulator, Settings
from infra.settings import local as local_settings
from infra.website.stage_values import stage_values
from local.emulator import ACCOUNT, CREDENTIALS, PYTHON, REGION, run_emulator
from local.processes import is_alive, started_ticks
from local.service import Service, run, start

ROOT = Path(__file__).parents[1]
STATE = ROOT / ".local"
RUN_FILE = STATE / "run.json"
"""What `make run` has started."""

CDK = ROOT / "node_modules/.bin/cdk"
DOUBLE_SECONDS = 20.0
"""Time until the Stripe double answers."""
DEPLOY_SECONDS = 600.0
"""Time of one call of the CDK CLI."""
STACKS_AT_ONCE = 6
"""Stacks that are deployed at the same time."""
# A bucket's name in the host part would have to be resolved, but names under localhost are not.
PATH_STYLE = Config(s3={"addressing_style": "path"})

type Log = Callable[[str], None]


class MissingError(Exception):
    """A prerequisite is missing. The message names it, and the remedy."""


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """The URLs of the parts.

    A browser opens `site`, because it resolves every name under `localhost`. Most other programs do
    not: they call `base` with the header `Host: <host>`.
    """

    site: str
    api: str
    docs: str
    base: str
    host: str
    stripe: str
    stripe_publishable_key: str
    mail: str
    emulator: str
    identity_provider: IdentityProvider
    table: str
    documents: str
    queues: dict[str, str]
    """The URLs of the queues by name."""
    dead_letters: dict[str, str]
    """The URLs of their dead-letter queues, by the same names."""
    pid: int
    started_ticks: int
    """The endpoints; the process that runs the stack (see `local.processes.Starter`)."""
    supervisors: tuple[int, ...]
    """The process ids of the supervisors, which are children of that process."""

    def save(self, path: Path) -> None:
        """Write the file atomically, because other processes read it at any time."""
        written = path.with_suffix(".new")
        written.write_text(json.dumps(asdict(self), indent=2) + "\n")
        written.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """The state of the stack that is running; None if none is.

        A file of another version of this program, or an incomplete one, counts as none.
        """
        try:
            found = cls(**json.loads(path.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return found if is_alive(found.pid, found.started_ticks) else None


@dataclass(frozen=True, kw_only=True)
class LocalState:
    """What stays the same between runs: ports, and keys that only the double accepts."""

    emulator_port: int
    double_port: int
    publishable_key: str
    secret_key: str
    webhook_secret: str

    @classmethod
    def of(cls, state: Path) -> Self:
        """Those of an earlier run, with new ports where other programs use the old ones."""
        path = state / "local_state.json"
        if path.is_file():
            facts = json.loads(path.read_text())
        else:
            facts = {
                "emulator_port": 0,
                "double_port": 0,
                "publishable_key": f"pk_test_{secrets.token_hex(12)}",
                "secret_key": f"sk_test_{secrets.token_hex(12)}",
                "webhook_secret": f"whsec_{secrets.token_hex(16)}",
            }
        for port in ("emulator_port", "double_port"):
            if not _is_free(facts[port]):
                facts[port] = free_port()
        path.write_text(json.dumps(facts, indent=2) + "\n")
        return cls(**facts)


@contextmanager
def running(
    state: Path, *, identity_provider: IdentityProvider, log: Log, kill: Path | None = None
) -> Iterator[Endpoints]:
    """Run, deploy and publish everything until the block ends; `state` holds the data.

    `kill`: see `local.killed_worker`.
    """
    check_machine()
    state.mkdir(parents=True, exist_ok=True)
    local_state = LocalState.of(state)
    with ExitStack() as stack:
        emulator = run_emulator(state, local_state.emulator_port, kill=kill)
        stack.callback(emulator.stop)
        log(f"emulator at http://127.0.0.1:{local_state.emulator_port}")
        double = run_double(state, local_state)
        stack.callback(double.stop)
        log(f"Stripe double at http://127.0.0.1:{local_state.double_port}")
        outputs = deploy(state, local_state, identity_provider, log)
        endpoints = _endpoints(outputs, local_state, identity_provider, (emulator, double))
        fill_stripe_secret(outputs, local_state)
        register_webhook(endpoints, outputs, local_state)
        log("Stripe's keys in their secret, its webhook registered")
        s3 = owner().client("s3", endpoint_url=endpoints.emulator, config=PATH_STYLE)
        config = {
            "stripe_publishable_key": local_state.publishable_key,
            "stripe_js": f"{endpoints.stripe}/v3/",
            "identity": identity_provider,
        }
        values = stage_values(_settings(local_state), url=outputs["SiteUrl"])
        count = publish(s3, outputs["SiteBucket"], BUILD, config, values)
        log(f"site published, {count} files")
        yield endpoints


def check_machine() -> None:
    """Raises `MissingError` for the first missing prerequisite."""
    needed = {
        PYTHON: "the emulator's environment: make .build/emulator/ready",
        CDK: "the CDK command line: npm ci",
        BUILD / "index.html": "the site's build: npm ci && npm run build, in frontend/",
    }
    if shutil.which("node") is None:
        raise MissingError("`node` is not on the path (python3 local/machine.py says which)")
    for path, what in needed.items():
        if not path.exists():
            raise MissingError(f"{path.relative_to(ROOT)} is missing, {what}")


def run_double(state: Path, local_state: LocalState) -> Service:
    """Start the Stripe double."""
    port = local_state.double_port
    return start(
        "the Stripe double",
        [
            sys.executable,
            "-m",
            "local.stripe_double",
            "--port",
            str(port),
            "--state",
            str(state / "stripe"),
            "--secret-key",
            local_state.secret_key,
            "--publishable-key",
            local_state.publishable_key,
        ],
        environment={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
        state=state,
        log=state / "logs/stripe.log",
        ready_url=f"http://127.0.0.1:{port}/",
        within_seconds=DOUBLE_SECONDS,
    )


def deploy(
    state: Path, local_state: LocalState, identity_provider: IdentityProvider, log: Log
) -> dict[str, str]:
    """Run `cdk bootstrap` if needed, then `cdk deploy`. Returns the outputs of all stacks."""
    endpoint = f"http://127.0.0.1:{local_state.emulator_port}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": endpoint,
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        # The tests validate this stage's template; a run starts sooner without.
        "CDK_VALIDATION": "false",
    }
    if not _is_bootstrapped(endpoint):
        # In a directory without a cdk.json, bootstrapping needs no synthesis.
        _cdk(["bootstrap", f"aws://{ACCOUNT}/{REGION}"], state, environment, folder=state)
        log("bootstrapped")
    outputs = state / "outputs.json"
    _cdk(
        [
            "deploy",
            "--all",
            # Those of the nouns are deployed at the same time.
            f"--concurrency={STACKS_AT_ONCE}",
            "--require-approval=never",
            "--method=direct",
            f"--output={state / 'cdk.out'}",
            f"--outputs-file={outputs}",
            "--context=stage=local",
            f"--context=identity={identity_provider}",
            f"--context=emulator_port={local_state.emulator_port}",
            f"--context=stripe_api=http://127.0.0.1:{local_state.double_port}",
        ],
        state,
        environment,
        folder=ROOT,
    )
    log("deployed")
    stacks: dict[str, dict[str, str]] = json.loads(outputs.read_text())
    return {name: value for stack in stacks.values() for name, value in stack.items()}


def fill_stripe_secret(outputs: dict[str, str], local_state: LocalState) -> None:
    """Store Stripe's keys, which on AWS the operator does by hand."""
    endpoint = f"http://127.0.0.1:{local_state.emulator_port}"
    owner().client("secretsmanager", endpoint_url=endpoint).put_secret_value(
        SecretId=outputs["StripeSecret"],
        SecretString=json.dumps(
            {
                "secret_key": local_state.secret_key,
                "webhook_secret": local_state.webhook_secret,
                "publishable_key": local_state.publishable_key,
            }
        ),
    )


def register_webhook(
    endpoints: Endpoints, outputs: dict[str, str], local_state: LocalState
) -> None:
    """Register the webhook with the double, with a URL that programs can resolve."""
    api_id = outputs["ApiEndpoint"].split("//")[1].split(".")[0]
    url = f"{endpoints.base}/_aws/execute-api/{api_id}/$default/api/v1/payments/webhook"
    request = urllib.request.Request(  # noqa: S310 - a local http URL
        f"{endpoints.stripe}/_double/webhook",
        data=json.dumps({"url": url, "secret": local_state.webhook_secret}).encode(),
        headers={"content-type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - a local http URL
        return


def owner() -> boto3.Session:
    """A session of the emulator's account, with all permissions."""
    return boto3.Session(
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        region_name=REGION,
    )


def free_port() -> int:
    """A free port of the loopback interface."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return cast("int", probe.getsockname()[1])


def _endpoints(
    outputs: dict[str, str],
    local_state: LocalState,
    identity_provider: IdentityProvider,
    parts: tuple[Service, ...],
) -> Endpoints:
    base = f"http://127.0.0.1:{local_state.emulator_port}"
    return Endpoints(
        site=outputs["SiteUrl"],
        api=outputs["ApiUrl"],
        docs=f"{outputs['ApiUrl']}/docs",
        base=base,
        host=outputs["SiteUrl"].removeprefix("http://"),
        stripe=f"http://127.0.0.1:{local_state.double_port}",
        stripe_publishable_key=local_state.publishable_key,
        mail=f"{base}/_ministack/ses/messages",
        emulator=base,
        identity_provider=identity_provider,
        table=outputs["Table"],
        documents=outputs["Documents"],
        queues=_urls(outputs, "Queue"),
        dead_letters=_urls(outputs, "DeadLetters"),
        pid=os.getpid(),
        started_ticks=started_ticks(os.getpid()),
        supervisors=tuple(part.pid for part in parts),
    )


def _settings(local_state: LocalState) -> Settings:
    """Those of the deployed stage: the identity is in no page."""
    emulator = Emulator(
        port=local_state.emulator_port,
        stripe_api=f"http://127.0.0.1:{local_state.double_port}",
    )
    return local_settings(architecture=host_architecture(), emulator=emulator)


def _urls(outputs: dict[str, str], suffix: str) -> dict[str, str]:
    return {queue.name: outputs[f"{queue.name.capitalize()}{suffix}"] for queue in QUEUES}


def _cdk(arguments: list[str], state: Path, environment: dict[str, str], *, folder: Path) -> None:
    run(
        f"cdk {arguments[0]}",
        [str(CDK), "--no-notices", "--no-color", "--progress=events", *arguments],
        environment=environment,
        state=state,
        log=state / f"logs/cdk-{arguments[0]}.log",
        folder=folder,
        within_seconds=DEPLOY_SECONDS,
    )


def _is_bootstrapped(endpoint: str) -> bool:
    pages = owner().client("cloudformation", endpoint_url=endpoint)
    names = {stack["StackName"] for stack in pages.describe_stacks()["Stacks"]}
    return "CDKToolkit" in names


def _is_free(port: int) -> bool:
    if port == 0:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def timed_log(write: Log) -> Log:
    """A `Log` that begins each line with the seconds since this call."""
    began = time.monotonic()
    return lambda line: write(f"{time.monotonic() - began:6.1f} s  {line}")

"""`make bench-cold-start`: the start of each API function, compared with a boto3 client.

A start is a fresh interpreter that imports the function's file with the layers built for this
machine, and creates the clients that the function caches. Its cost is the processor time of that
process, less that of an idle interpreter. The baseline is `boto3.client("dynamodb")` with an
unmodified boto3 in the same round. Rounds are interleaved, so that other work affects all of them
alike, and medians are compared.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import boto3

from infra.endpoints import ENDPOINTS
from infra.layers.build import BUILT, ROOT, host_architecture

ROUNDS = 9
"""Starts of each function; medians of them are compared."""
AIM = 1.35
"""The ratio that no function is to exceed."""
NOTHING = "an interpreter"
BARE = "boto3.client"

# Then what the function would load and cache in its first invocation.
START = """
import importlib, inspect, sys
function = importlib.import_module({module!r})
if "docket.auth" in sys.modules:
    auth, source = sys.modules["docket.auth"], inspect.getsource(function)
    for name in ("accounts", "sessions"):
        if name + "()" in source:
            getattr(auth, name)()
for name, make in (("docket.table.client", "dynamodb"), ("docket.gateways.s3", "_s3"),
                   ("docket.gateways.queues", "_sqs"), ("docket.gateways.secrets", "_client")):
    if name in sys.modules:
        getattr(sys.modules[name], make)()
"""


@dataclass(frozen=True)
class Start:
    """A program, and the directories of its modules."""

    code: str
    path: tuple[Path, ...] = ()

    def cpu_ms(self) -> float:
        """Milliseconds of the processor that one start takes."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            # -S: no site-packages, only the layers.
            [sys.executable, "-S", "-c", self.code],
            env={
                "PATH": os.defpath,
                "PYTHONPATH": os.pathsep.join(str(folder) for folder in self.path),
                "AWS_DEFAULT_REGION": "eu-central-1",
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "POWERTOOLS_SERVICE_NAME": "docket",
                "DOCKET_IDENTITY_PROVIDER": "jwt",
                "DOCKET_AUTHORIZER": "lambda",
            },
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return spent * 1000


def starts() -> dict[str, Start]:
    """By name: the two baselines, then every API function."""
    layers = BUILT / host_architecture()
    stock = Path(boto3.__file__).parents[1]

    def path(names: tuple[str, ...]) -> tuple[Path, ...]:
        return (ROOT / "functions", *(layers / name / "layer/python" for name in names))

    return {
        NOTHING: Start("pass"),
        BARE: Start('import boto3; boto3.client("dynamodb")', (stock,)),
        **{
            endpoint.name: Start(
                START.format(module=endpoint.name.replace("/", ".")), path(endpoint.layers)
            )
            for endpoint in ENDPOINTS
            if endpoint.exists("jwt")
        },
    }


def measure(programs: dict[str, Start]) -> dict[str, float]:
    """The median of each over the rounds, less the idle interpreter's, in milliseconds."""
    for start in programs.values():
        start.cpu_ms()  # fills the file system's cache
    rounds = [{name: start.cpu_ms() for name, start in programs.items()} for _ in range(ROUNDS)]
    medians = {name: statistics.median(times[name] for times in rounds) for name in programs}
    return {name: ms - medians[NOTHING] for name, ms in medians.items() if name != NOTHING}


def main() -> None:
    """Print a row for each function, then one line of JSON."""
    times = measure(starts())
    bare = times.pop(BARE)
    ratios = {name: ms / bare for name, ms in times.items()}
    print(f"{'start':28} {'CPU ms':>7} {'times':>6}")
    print(f"{BARE:28} {bare:7.0f} {1:6.2f}")
    for name in sorted(times, key=times.__getitem__):
        print(f"{name:28} {times[name]:7.0f} {ratios[name]:6.2f}")
    print(
        json.dumps(
            {
                "bench": "cold-start",
                "rounds": ROUNDS,
                "client_cpu_ms": round(bare),
                "median_ratio": round(statistics.median(ratios.values()), 2),
                "highest_ratio": round(max(ratios.values()), 2),
                "aim": AIM,
            }
        )
    )


if __name__ == "__main__":
    main()

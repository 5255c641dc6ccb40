"""Build the layers into `.build/layers/<architecture>/`, without Docker; synthesis calls it.

    python -m infra.layers      for this machine

Four of them: `core` and `analysis` are our own code; `vendor` and `reader` are the third-party
packages of the API functions and of the reading function. Our code is kept apart from what it
needs, so that a change of ours uploads kilobytes, and so that a function which only looks at a
reading's shape can have our code without 100 MB of OCR.

A layer is built anew when one of its inputs has changed, and its fingerprint is that of the inputs:
the same sources make the same asset on every machine.
"""

import compileall
import fcntl
import gzip
import hashlib
import json
import platform
import py_compile
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra import lazy_packages
from infra.settings import Architecture

ROOT = Path(__file__).parents[1]
BUILT = ROOT / ".build" / "layers"

OWN = {"core": ROOT / "layers/core/python", "analysis": ROOT / "layers/analysis/python"}
THIRD_PARTY = {
    "vendor": ROOT / "layers/vendor/requirements.txt",
    "reader": ROOT / "layers/analysis/requirements.txt",
}

PLATFORMS: dict[Architecture, str] = {
    "arm64": "aarch64-manylinux_2_34",  # Lambda's python3.13 is Amazon Linux 2023: glibc 2.34
    "x86_64": "x86_64-manylinux_2_34",
}

LAZY_SOURCE = Path(lazy_packages.__file__)

AWS_SERVICES = {
    "cognito-idp",
    "dynamodb",
    "s3",
    "secretsmanager",
    "sesv2",
    "sqs",
    "sts",
}
"""Those our functions have clients of. botocore's data describes 400, 25 MB compressed."""

LAZY_PACKAGES = (
    "aws_lambda_powertools",
    "aws_lambda_powertools.event_handler",
    "aws_lambda_powertools.utilities.data_classes",
)
"""Each loads all it has for the one thing that a function wants of it: resolvers for six kinds of
events, and asyncio with them, and the classes of thirty events, are a tenth of a cold start."""

ENDPOINT_NAMES = AWS_SERVICES | {"email", "streams.dynamodb"}
"""The same services by the names `endpoints.json` knows them under."""


@dataclass(frozen=True)
class Layer:
    """A built layer: a folder that holds `python/`, and the fingerprint of what it was made of."""

    folder: Path
    fingerprint: str


def host_architecture() -> Architecture:
    """This machine's, in Lambda's words."""
    return "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"


def build(architecture: Architecture) -> dict[str, Layer]:
    """All four layers by name, built where they are missing or stale."""
    folder = BUILT / architecture
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / "lock"):
        return {
            **{name: _own(source, folder / name) for name, source in OWN.items()},
            **{
                name: _third_party(pins, folder / name, architecture)
                for name, pins in THIRD_PARTY.items()
            },
        }


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Two builds at once would take each other's folder away."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _own(source: Path, target: Path) -> Layer:
    files = sorted(
        path
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    )
    if not files:
        raise FileNotFoundError(f"no code in {source}")
    fingerprint = _fingerprint(
        *(str(path.relative_to(source)).encode() + b"\0" + path.read_bytes() for path in files)
    )
    if not _is_fresh(target, fingerprint):
        staged = _staged(target)
        for path in files:
            copy = staged / "python" / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        _finish(staged, target, fingerprint)
    return Layer(target / "layer", fingerprint)


def _third_party(pins: Path, target: Path, architecture: Architecture) -> Layer:
    fingerprint = _fingerprint(pins.read_bytes(), architecture.encode(), LAZY_SOURCE.read_bytes())
    if not _is_fresh(target, fingerprint):
        staged = _staged(target)
        subprocess.run(  # noqa: S603 - every argument is ours
            [
                *_uv(),
                "pip",
                "install",
                "--quiet",
                "--target",
                str(staged / "python"),
                "--python",
                sys.executable,
                "--python-version",
                "3.13",
                "--python-platform",
                PLATFORMS[architecture],
                "--only-binary",
                ":all:",
                # Trimmed below: a link would trim uv's cache, and every environment linked to it.
                "--link-mode",
                "copy",
                "--require-hashes",
                "--requirements",
                str(pins),
            ],
            check=True,
            cwd=ROOT,
        )
        _trim(staged / "python")
        _finish(staged, target, fingerprint)
    return Layer(target / "layer", fingerprint)


def _uv() -> list[str]:
    """The command that runs uv: the one on the path, or the Makefile's own."""
    for candidate in ("uv", str(ROOT / ".build/tools/bin/uv")):
        found = shutil.which(candidate)
        # A version manager's shim can be on the path with nothing behind it.
        if found and _runs(found):
            return [found]
    raise FileNotFoundError("uv is needed to build the layers: pip install uv")


def _runs(program: str) -> bool:
    asked = subprocess.run([program, "--version"], cwd=ROOT, capture_output=True, check=False)  # noqa: S603 - found on the path
    return asked.returncode == 0


def _fingerprint(*parts: bytes) -> str:
    whole = hashlib.sha256(Path(__file__).read_bytes())
    whole.update(f"{sys.version_info.major}.{sys.version_info.minor}".encode())
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def _is_fresh(target: Path, fingerprint: str) -> bool:
    stamp = target / "fingerprint"
    return stamp.is_file() and stamp.read_text() == fingerprint


def _staged(target: Path) -> Path:
    """An empty folder beside the target: a build that is broken off leaves no half layer."""
    staged = target / "staged"
    shutil.rmtree(target, ignore_errors=True)
    staged.mkdir(parents=True)
    return staged


def _finish(staged: Path, target: Path, fingerprint: str) -> None:
    """Compile, put the layer in its place, and stamp it.

    A `.pyc` of the `unchecked-hash` kind is used without looking at its source's time, which a zip
    file and Lambda's file system do not keep. Tracebacks then name the paths of Lambda.
    """
    compiled = compileall.compile_dir(
        staged / "python",
        quiet=1,
        stripdir=str(staged),
        prependdir="/opt",
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        raise RuntimeError(f"{target.name}: a module does not compile")
    staged.rename(target / "layer")
    (target / "fingerprint").write_text(fingerprint)


def _trim(packages: Path) -> None:
    """Take away what no function reads. What `importlib.metadata` reads, METADATA, stays."""
    shutil.rmtree(packages / "bin", ignore_errors=True)
    for name in ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json"):
        for file in packages.glob(f"*.dist-info/{name}"):
            file.unlink()
    for pattern in ("*.pyi", "*.c", "*.h", "*.pyx"):
        for file in packages.rglob(pattern):
            file.unlink()
    for folder in [path for path in packages.glob("*/tests") if path.is_dir()]:
        shutil.rmtree(folder)
    for examples in packages.glob("boto3/examples"):
        shutil.rmtree(examples)
    for data in (packages / "botocore/data", packages / "boto3/data"):
        if data.is_dir():
            _trim_aws_data(data)
    for package in LAZY_PACKAGES:
        lazy_packages.make_lazy(packages, package)


def _trim_aws_data(data: Path) -> None:
    """Keep our services' descriptions, without their prose, and our lines of the list of endpoints.

    Both are parsed for every client that is made. Of a description four parts in five are prose
    for people; of the list of endpoints nearly all is about other services.
    """
    for service in [path for path in data.iterdir() if path.is_dir()]:
        if service.name not in AWS_SERVICES:
            shutil.rmtree(service)
    for packed in data.rglob("*.json.gz"):
        packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
        packed.unlink()
    for examples in data.rglob("examples-*.json"):
        examples.unlink()
    for description in data.rglob("*.json"):
        said = _without_prose(json.loads(description.read_text()))
        description.write_text(json.dumps(said, separators=(",", ":")))
    endpoints = data / "endpoints.json"
    if endpoints.is_file():
        whole = json.loads(endpoints.read_text())
        for partition in whole["partitions"]:
            partition["services"] = {
                name: lines
                for name, lines in partition["services"].items()
                if name in ENDPOINT_NAMES
            }
        endpoints.write_text(json.dumps(whole, separators=(",", ":")))


def _without_prose(said: Any) -> Any:
    """The same JSON with nothing in what is said for people: `documentation` where it is a text.

    The name stays, since botocore looks for it.
    """
    match said:
        case dict():
            return {
                name: ""
                if name == "documentation" and isinstance(value, str)
                else _without_prose(value)
                for name, value in said.items()
            }
        case list():
            return [_without_prose(each) for each in said]
        case _:
            return said


if __name__ == "__main__":
    for layer in build(host_architecture()).values():
        sys.stdout.write(f"{layer.folder.relative_to(ROOT)} {layer.fingerprint[:12]}\n")

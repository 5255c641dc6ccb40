"""Remove from installed packages what no function reads, and make some of them load lazily."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

from infra.layers.lazy_packages import make_lazy

AWS_SERVICES = {
    "cognito-idp",
    "dynamodb",
    "s3",
    "secretsmanager",
    "sesv2",
    "sqs",
    "sts",
}
"""The services that functions have clients of. botocore describes 400, in 25 MB compressed."""

ENDPOINT_NAMES = AWS_SERVICES | {"email", "streams.dynamodb"}
"""The same services by their names in `endpoints.json`."""

LAZY_PACKAGES = (
    "aws_lambda_powertools",
    "aws_lambda_powertools.event_handler",
    "aws_lambda_powertools.utilities.data_classes",
)
"""Each loads everything it has for the one thing that a function uses of it: resolvers for six
kinds of events, and asyncio with them, and the classes of thirty events. Together they are a tenth
of a cold start."""

INSTALLER_FILES = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""Of a package's metadata; `importlib.metadata` reads METADATA, which stays."""

DEVELOPMENT_FILES = ("*.pyi", "*.c", "*.h", "*.pyx")


def trim(packages: Path) -> None:
    """Trim the packages installed in the folder `packages`."""
    shutil.rmtree(packages / "bin", ignore_errors=True)
    for name in INSTALLER_FILES:
        for file in packages.glob(f"*.dist-info/{name}"):
            file.unlink()
    for pattern in DEVELOPMENT_FILES:
        for file in packages.rglob(pattern):
            file.unlink()
    for folder in [path for path in packages.glob("*/tests") if path.is_dir()]:
        shutil.rmtree(folder)
    for examples in packages.glob("boto3/examples"):
        shutil.rmtree(examples)
    for data in (packages / "botocore/data", packages / "boto3/data"):
        if data.is_dir():
            trim_aws_data(data)
    for package in LAZY_PACKAGES:
        make_lazy(packages, package)


def trim_aws_data(data: Path) -> None:
    """Reduce botocore's data to our services: their descriptions without prose, their endpoints.

    Both are parsed for every client that is created. Four fifths of a description is prose for
    people, and nearly all of the list of endpoints is about other services.
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
        _write_compact(description, _without_prose(json.loads(description.read_text())))
    _trim_endpoints(data / "endpoints.json")


def _trim_endpoints(file: Path) -> None:
    if not file.is_file():
        return
    content = json.loads(file.read_text())
    for partition in content["partitions"]:
        partition["services"] = {
            name: endpoints
            for name, endpoints in partition["services"].items()
            if name in ENDPOINT_NAMES
        }
    _write_compact(file, content)


def _write_compact(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, separators=(",", ":")))


def _without_prose(value: Any) -> Any:
    """The same JSON with an empty text for each `documentation`, which botocore looks for."""
    match value:
        case dict():
            return {
                name: ""
                if name == "documentation" and isinstance(content, str)
                else _without_prose(content)
                for name, content in value.items()
            }
        case list():
            return [_without_prose(item) for item in value]
        case _:
            return value

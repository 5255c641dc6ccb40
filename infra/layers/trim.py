"""Remove files from installed packages that no function reads."""

import json
import shutil
from pathlib import Path

AWS_SERVICES = {"cognito-idp", "dynamodb", "s3", "secretsmanager", "sesv2", "sqs"}
"""The services that functions have clients for. botocore describes 400, in 25 MB compressed."""

ENDPOINTS = {*AWS_SERVICES, "email"} - {"sesv2"}
"""The names of their endpoints; SES has another one."""

INSTALLER_FILES = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""Files of a package's metadata. METADATA stays, because `importlib.metadata` reads it."""

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


def trim_aws_data(data: Path) -> None:
    """Remove the descriptions and the endpoints of services that no function calls.

    botocore parses the whole list of endpoints for every client.
    """
    for service in [path for path in data.iterdir() if path.is_dir()]:
        if service.name not in AWS_SERVICES:
            shutil.rmtree(service)
    endpoints = data / "endpoints.json"
    if endpoints.is_file():
        content = json.loads(endpoints.read_text())
        for partition in content["partitions"]:
            services = partition["services"]
            partition["services"] = {name: services[name] for name in ENDPOINTS & services.keys()}
        endpoints.write_text(json.dumps(content, separators=(",", ":"), sort_keys=True))

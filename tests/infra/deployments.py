"""Stacks in the emulator, for the tests of whole deployments."""

import copy

import boto3
from botocore.config import Config

from local.emulator import CREDENTIALS, REGION

FAST = {"Delay": 1, "MaxAttempts": 60}


def client(emulator, service):
    return boto3.client(
        service,
        endpoint_url=emulator,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(s3={"addressing_style": "path"}),
    )


class Clients:
    """What makes clients of the emulator, as `infra.deployed.Clients`."""

    def __init__(self, emulator):
        self.emulator = emulator

    def client(self, service, *, region_name):
        assert region_name == REGION
        return client(self.emulator, service)


def without_bootstrap(template):
    """The template in an account without CDK's own resources."""
    template = copy.deepcopy(template)
    for part in ("Parameters", "Rules"):
        template.get(part, {}).pop("BootstrapVersion", None)
        template.get(part, {}).pop("CheckBootstrapVersion", None)
    return template


def left_behind(emulator):
    """The names that a later creation would collide with."""
    buckets = client(emulator, "s3").list_buckets()["Buckets"]
    groups = client(emulator, "logs").describe_log_groups()["logGroups"]
    parameters = client(emulator, "ssm").describe_parameters()["Parameters"]
    functions = client(emulator, "lambda").list_functions()["Functions"]
    return [
        *client(emulator, "dynamodb").list_tables()["TableNames"],
        *client(emulator, "sqs").list_queues().get("QueueUrls", []),
        *(bucket["Name"] for bucket in buckets),
        *(group["logGroupName"] for group in groups),
        *(parameter["Name"] for parameter in parameters),
        *(function["FunctionName"] for function in functions),
    ]

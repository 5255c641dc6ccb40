"""Stacks in the emulator, for the tests of whole deployments."""

import copy
import json

import boto3
from botocore.config import Config

from local.emulator import CREDENTIALS, REGION

TEMPLATES = "templates"
"""The bucket of the templates that a test deploys."""

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
    """What makes clients of the emulator, as `infra.deployment.deployed.Clients`."""

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


def template_url(emulator, stack, template):
    """The address of the template. A body may have 51,200 characters, so the CDK sends one too."""
    s3 = client(emulator, "s3")
    s3.create_bucket(Bucket=TEMPLATES)
    s3.put_object(Bucket=TEMPLATES, Key=f"{stack}.json", Body=json.dumps(template).encode())
    return f"{emulator}/{TEMPLATES}/{stack}.json"


def every(emulator, service, listing, name):
    """What a service lists, of all pages."""
    pages = client(emulator, service).get_paginator(listing).paginate()
    return [listed for page in pages for listed in page[name]]


def left_behind(emulator):
    """The names that a later creation would collide with."""
    buckets = client(emulator, "s3").list_buckets()["Buckets"]
    groups = every(emulator, "logs", "describe_log_groups", "logGroups")
    parameters = every(emulator, "ssm", "describe_parameters", "Parameters")
    functions = every(emulator, "lambda", "list_functions", "Functions")
    return [
        *client(emulator, "dynamodb").list_tables()["TableNames"],
        *client(emulator, "sqs").list_queues().get("QueueUrls", []),
        *(bucket["Name"] for bucket in buckets if bucket["Name"] != TEMPLATES),
        *(group["logGroupName"] for group in groups),
        *(parameter["Name"] for parameter in parameters),
        *(function["FunctionName"] for function in functions),
    ]

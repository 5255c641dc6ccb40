"""The stacks of a stage that are deployed in an account."""

import os
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import boto3

from infra.regions import EDGE_REGION

_REGION_SUFFIX = re.compile(r"-([a-z]{2}-[a-z]+-\d)$")


class Clients(Protocol):
    """What makes a client of a service in a region: `boto3.Session` does."""

    def client(self, service_name: str, *, region_name: str) -> Any: ...


def session() -> boto3.Session:
    """A session in the region of AWS_REGION, which boto3 ignores and the other tools use."""
    return boto3.Session(region_name=os.environ.get("AWS_REGION"))


@dataclass(frozen=True, order=True)
class DeployedStack:
    """A deployed stack. Stacks are ordered by the time of their creation."""

    created_at: datetime
    name: str
    region: str
    status: str
    is_protected: bool
    outputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Resource:
    """A resource of a stack: its type, and the name or ARN by which its service knows it."""

    kind: str
    id: str


def stacks_of_stage(clients: Clients, stage: str, region: str) -> list[DeployedStack]:
    """The stage's stacks of that region, the first created first.

    Some of them are in `EDGE_REGION`, which may also have stacks that belong to other regions:
    those have the other region's name at their end.
    """
    return sorted(
        stack
        for place in sorted({region, EDGE_REGION})
        for stack in _stacks_in(clients, place)
        if _belongs(stack, stage, region)
    )


def resources_of(clients: Clients, stack: DeployedStack) -> list[Resource]:
    """The stack's resources that exist."""
    cloudformation = clients.client("cloudformation", region_name=stack.region)
    return [
        Resource(summary["ResourceType"], summary["PhysicalResourceId"])
        for page in cloudformation.get_paginator("list_stack_resources").paginate(
            StackName=stack.name
        )
        for summary in page["StackResourceSummaries"]
        if summary.get("PhysicalResourceId") and summary["ResourceStatus"] != "DELETE_COMPLETE"
    ]


def _stacks_in(clients: Clients, region: str) -> list[DeployedStack]:
    cloudformation = clients.client("cloudformation", region_name=region)
    return [
        DeployedStack(
            created_at=stack["CreationTime"],
            name=stack["StackName"],
            region=region,
            status=stack["StackStatus"],
            is_protected=stack.get("EnableTerminationProtection", False),
            outputs=tuple(
                (output["OutputKey"], output["OutputValue"]) for output in stack.get("Outputs", [])
            ),
        )
        for page in cloudformation.get_paginator("describe_stacks").paginate()
        for stack in page["Stacks"]
        if stack["StackStatus"] != "DELETE_COMPLETE"
    ]


def _belongs(stack: DeployedStack, stage: str, region: str) -> bool:
    if not stack.name.startswith(f"docket-{stage}-"):
        return False
    named = _REGION_SUFFIX.search(stack.name)
    return (named[1] if named else stack.region) == region

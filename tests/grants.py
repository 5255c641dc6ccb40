"""Whether a function's row grants the calls of AWS that its handler makes."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.endpoints import FUNCTIONS, LIST_VERSIONS, FunctionSpec

_HANDLERS = Path(__file__).parents[1] / "functions"
_ROWS = {str(_HANDLERS / f"{row.name}.py"): row for row in FUNCTIONS}

_OBJECT_ACTIONS = {
    "GetObject": "s3:GetObject",
    "HeadObject": "s3:GetObject",
    "PutObject": "s3:PutObject",
    "DeleteObject": "s3:DeleteObject",
}

_SECRETS = {"DOCKET_TOKEN_SECRET": "token_key", "DOCKET_STRIPE_SECRET": "stripe"}
"""Which secret of a row a variable names."""


def calling_row() -> FunctionSpec | None:
    """The row of the handler that is running on this thread, if there is one."""
    frame = sys._getframe()
    while frame.f_back:
        frame = frame.f_back
        if row := _ROWS.get(frame.f_code.co_filename):
            return row
    return None


def missing(
    row: FunctionSpec, service: str, operation: str, request: Mapping[str, Any]
) -> list[str]:
    """What the call needs and the row does not grant."""
    match service:
        case "dynamodb":
            return [need for need in _items(operation, request) if not _allows_item(row, need)]
        case "s3":
            return [need for need in _objects(operation, request) if not _allows_object(row, need)]
        case "sqs" if operation.startswith("SendMessage"):
            return [] if "sqs:SendMessage" in row.queue else ["sqs:SendMessage"]
        case "secretsmanager" if operation == "GetSecretValue":
            return [need for need in _secrets(request) if need not in row.secrets]
        case "cognito-idp" if operation.startswith("Admin"):
            action = f"cognito-idp:{operation}"
            return [] if action in row.cognito else [action]
    return []


def _secrets(request: Mapping[str, Any]) -> list[str]:
    """The secret's name in a row; of one that no variable names, its own."""
    arn = request["SecretId"]
    return [next((name for each, name in _SECRETS.items() if os.environ.get(each) == arn), arn)]


def _items(operation: str, request: Mapping[str, Any]) -> list[str]:
    """`<action> <index or -> <partition key>` of each item; of a transaction, of each part."""
    if operation == "TransactWriteItems":
        return [
            need
            for part in request["TransactItems"]
            for kind, change in part.items()
            for need in _items(f"{kind}Item", change)
        ]
    if operation == "Query":
        partition = request["ExpressionAttributeValues"][":pk"]["S"]
        return [f"dynamodb:Query {request.get('IndexName', '-')} {partition}"]
    key = request.get("Key") or request["Item"]
    return [f"dynamodb:{operation} - {key['PK']['S']}"]


def _allows_item(row: FunctionSpec, need: str) -> bool:
    action, index, partition = need.split(" ", 2)
    return any(
        action in grant.actions
        and index == (grant.index or "-")
        and any(
            partition.startswith(key) if key.endswith("#") else partition == key
            for key in grant.keys
        )
        for grant in row.table
    )


def _objects(operation: str, request: Mapping[str, Any]) -> list[str]:
    """`<action> <key>` of each object."""
    match operation:
        case "ListObjectVersions":
            return [f"{LIST_VERSIONS} {request.get('Prefix', '')}"]
        case "DeleteObjects":
            objects = request["Delete"]["Objects"]
            return [f"s3:DeleteObjectVersion {each['Key']}" for each in objects]
    if "Key" not in request:  # the bucket itself, as an upload form is made for it
        return []
    version = "Version" if request.get("VersionId") else ""
    return [f"{_OBJECT_ACTIONS.get(operation, operation)}{version} {request['Key']}"]


def _allows_object(row: FunctionSpec, need: str) -> bool:
    action, key = need.split(" ", 1)
    if action == LIST_VERSIONS:
        return key.startswith(row.listed) if row.listed else False
    return any(action in each.actions and key.startswith(each.prefix) for each in row.objects)

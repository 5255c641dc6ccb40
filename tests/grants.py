"""Whether a function's row grants exactly the AWS calls of its handler.

`missing` is checked after every test. `USED` collects the grants that calls used; after a run of
all tests of handlers, `unused` lists the grants that no handler used.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from docket.runtime import config
from infra.endpoint_spec import Access, ConfigGroup, FunctionSpec, IdentityProvider
from infra.endpoints import FUNCTIONS, LIST_VERSIONS, RECEIVE

_HANDLERS = Path(__file__).parents[1] / "functions"
_ROWS = {str(_HANDLERS / f"{row.name}.py"): row for row in FUNCTIONS}

_OBJECT_ACTIONS = {
    "GetObject": "s3:GetObject",
    "HeadObject": "s3:GetObject",
    "PutObject": "s3:PutObject",
    "DeleteObject": "s3:DeleteObject",
}

_SECRETS = {"DOCKET_TOKEN_SECRET": "token_key", "DOCKET_STRIPE_SECRET": "stripe"}
"""The secret of a row that an environment variable names."""


USED: set[str] = set()
"""`<function>: <grant>` for each grant that a call of a handler used in this process."""

BY_OTHERS: Mapping[str, str] = dict.fromkeys(
    RECEIVE, "Lambda's event source takes the messages with the function's role"
)
"""Grants that no call of a handler uses, with the reason."""


CONFIG_GROUPS: dict[ConfigGroup, tuple[type[BaseModel], ...]] = {
    "table": (config.Table,),
    "bucket": (config.Bucket,),
    "queue": (config.Queue,),
    "tokens": (config.Tokens,),
    "user_pool": (config.UserPool,),
    "stripe": (config.Stripe,),
    "identity": (config.Identity,),
    "rate_limits": (config.Edge, config.RateLimits),
    "prices": (config.Prices,),
    "reader": (config.Reader,),
}
"""The classes that read the variables of each group."""


def identity() -> IdentityProvider:
    """The identity provider of the running test."""
    return "cognito" if os.environ.get("DOCKET_IDENTITY_PROVIDER") == "cognito" else "jwt"


def lacks_config(row: FunctionSpec, group: type[BaseModel]) -> bool:
    """Whether the row does not give its function the variables that the class reads."""
    groups = row.access(identity()).config_groups()
    return not any(group in CONFIG_GROUPS[name] for name in groups)


def granted(access: Access) -> Iterator[str]:
    """Every grant as one action on one kind of resource."""
    for grant in access.table:
        for action in grant.actions:
            yield from (f"{action} {grant.index or '-'} {key}" for key in grant.keys)
    for objects in access.objects:
        yield from (f"{action} {objects.prefix}" for action in objects.actions)
    yield from (f"{LIST_VERSIONS} {prefix}" for prefix in access.listed)
    yield from access.queue
    yield from (f"secret {name}" for name in access.secrets)
    yield from access.user_pool


def used(row: FunctionSpec, service: str, operation: str, request: Mapping[str, Any]) -> set[str]:
    """The row's grants that the call uses."""
    needs = _needs(service, operation, request)
    return {
        f"{row.name}: {grant}"
        for grant in granted(row.access(identity()))
        for need in needs
        if _is_for(grant, need)
    }


def unused(rows: Iterable[FunctionSpec], used: set[str]) -> list[str]:
    """The grants of the rows that are not among those used."""
    return sorted(
        f"{row.name}: {grant}"
        for row in rows
        for grant in {*granted(row | row.jwt | row.cognito)}
        if grant not in BY_OTHERS and f"{row.name}: {grant}" not in used
    )


def calling_row() -> FunctionSpec | None:
    """The row of the handler that runs on this thread, or None."""
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
    grants = list(granted(row.access(identity())))
    return [
        need
        for need in _needs(service, operation, request)
        if not any(_is_for(grant, need) for grant in grants)
    ]


def _needs(service: str, operation: str, request: Mapping[str, Any]) -> list[str]:
    """The permissions that a call needs, in the form of grants with the whole key."""
    match service:
        case "dynamodb":
            return _items(operation, request)
        case "s3":
            return _objects(operation, request)
        case "sqs" if operation.startswith("SendMessage"):
            return ["sqs:SendMessage"]
        case "secretsmanager" if operation == "GetSecretValue":
            return [f"secret {_secret(request)}"]
        case "cognito-idp" if operation.startswith("Admin"):
            return [f"cognito-idp:{operation}"]
    return []


def _is_for(grant: str, need: str) -> bool:
    """Whether a grant allows a need. A grant ending with `#` or `/` allows every key below it."""
    return need.startswith(grant) if grant.endswith(("#", "/")) else need == grant


def _secret(request: Mapping[str, Any]) -> str:
    """The secret's name in a row, or its ARN if no variable names it."""
    arn: str = request["SecretId"]
    return next(
        (name for variable, name in _SECRETS.items() if os.environ.get(variable) == arn), arn
    )


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


def _objects(operation: str, request: Mapping[str, Any]) -> list[str]:
    """`<action> <key>` of each object."""
    match operation:
        case "ListObjectVersions":
            return [f"{LIST_VERSIONS} {request.get('Prefix', '')}"]
        case "DeleteObjects":
            objects = request["Delete"]["Objects"]
            return [f"s3:DeleteObjectVersion {item['Key']}" for item in objects]
    if "Key" not in request:  # the bucket itself, as an upload form is made for it
        return []
    version = "Version" if request.get("VersionId") else ""
    return [f"{_OBJECT_ACTIONS.get(operation, operation)}{version} {request['Key']}"]

"""The permissions that a call of AWS needs.

A resource is named by the environment variable from which the function has it, because the name
that a test uses is not the deployed one.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LEADING_KEYS, PREFIX, SENDER = "dynamodb:LeadingKeys", "s3:prefix", "ses:FromAddress"

TABLE, BUCKET, QUEUE = "_TABLE", "_BUCKET", "_QUEUE_URL"
SECRET, POOL = "_SECRET", "_USER_POOL_ID"
MAIL_SENDER, MAIL_CONFIGURATION = "_MAIL_SENDER", "_MAIL_CONFIGURATION"
KINDS = (TABLE, BUCKET, QUEUE, SECRET, POOL, MAIL_SENDER, MAIL_CONFIGURATION)
"""How the names of the variables end that name a resource."""

_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_DIGEST = re.compile(r"[0-9a-f]{32,}")

_OBJECT_ACTIONS = {
    "GetObject": ("s3:GetObject", "s3:GetObjectVersion"),
    "HeadObject": ("s3:GetObject", "s3:GetObjectVersion"),
    "GetObjectTagging": ("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
    "PutObject": ("s3:PutObject", ""),
    "DeleteObject": ("s3:DeleteObject", "s3:DeleteObjectVersion"),
}
"""The action of each operation, and that of the same with a version."""

_MESSAGE_ACTIONS = {
    "SendMessage": "sqs:SendMessage",
    "SendMessageBatch": "sqs:SendMessage",
    "GetQueueAttributes": "sqs:GetQueueAttributes",
}
_ITEM_OPERATIONS = {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"}
_WITHOUT_PERMISSION = {"GetTokensFromRefreshToken", "RevokeToken"}
"""Operations of Cognito that a client may call without credentials of AWS."""

type Parameters = Mapping[str, Any]


@dataclass(frozen=True, order=True)
class Need:
    """An action on the resource that `variable` names, or on its part `path`.

    `value` is that of the condition key: the partition key of an item, or the prefix of a listing.
    """

    action: str
    variable: str
    path: str = ""
    condition_key: str = ""
    value: str = ""


type Needs = tuple[Need, ...]


@dataclass(frozen=True)
class CombinedNeed:
    """An action on a resource or its part, with the values of its condition key."""

    action: str
    variable: str
    path: str
    condition_key: str
    values: frozenset[str]


def needs_of(service: str, operation: str, parameters: Parameters) -> Needs:
    """The permissions that a call needs; of a transaction, those of each part.

    An unknown operation needs an action that no role allows.
    """
    return tuple(dict.fromkeys(_needs(service, operation, parameters)))


def readings(needs: Needs) -> dict[str, frozenset[CombinedNeed]]:
    """What a call needs, by each reading of `dynamodb:LeadingKeys`.

    AWS does not document the value of the key for a part of a transaction. It may be the partition
    key of that part, those of all parts with the same action, or those of all parts.
    """
    every = frozenset(need.value for need in needs if need.condition_key)
    by_action = {
        (need.action, need.variable, need.path): frozenset(
            other.value
            for other in needs
            if other.condition_key
            and (other.action, other.variable, other.path)
            == (need.action, need.variable, need.path)
        )
        for need in needs
    }
    return {
        "each part by its own key": frozenset(
            _combined(need, frozenset({need.value} if need.condition_key else ())) for need in needs
        ),
        "all keys of an action": frozenset(
            _combined(need, by_action[need.action, need.variable, need.path]) for need in needs
        ),
        "all keys of the request": frozenset(_combined(need, every) for need in needs),
    }


def _combined(need: Need, values: frozenset[str]) -> CombinedNeed:
    return CombinedNeed(need.action, need.variable, need.path, need.condition_key, values)


def _needs(service: str, operation: str, parameters: Parameters) -> Iterable[Need]:
    match service, operation:
        case "dynamodb", _:
            return _items(operation, parameters)
        case "s3", _:
            return _objects(operation, parameters)
        case "cognito-idp", _:
            return _users(operation, parameters)
        case "sesv2", "SendEmail":
            return _mails(parameters)
    return [_single(service, operation, parameters)]


def _single(service: str, operation: str, parameters: Parameters) -> Need:
    """What a call of one resource needs."""
    match service, operation:
        case "sqs", _ if operation in _MESSAGE_ACTIONS:
            return Need(_MESSAGE_ACTIONS[operation], _variable(QUEUE, parameters["QueueUrl"]))
        case "secretsmanager", "GetSecretValue":
            secret = _variable(SECRET, parameters["SecretId"])
            return Need("secretsmanager:GetSecretValue", secret)
    return _unknown(service, operation)


def _mails(parameters: Parameters) -> Iterator[Need]:
    """SES asks for the sender and the configuration set. Each stage has a sender of its own."""
    variables = (
        _variable(MAIL_SENDER, parameters["FromEmailAddress"]),
        _variable(MAIL_CONFIGURATION, parameters["ConfigurationSetName"]),
    )
    yield from (Need("ses:SendEmail", name, "", SENDER, variables[0]) for name in variables)


def _users(operation: str, parameters: Parameters) -> Iterator[Need]:
    if operation.startswith("Admin"):
        yield Need(f"cognito-idp:{operation}", _variable(POOL, parameters["UserPoolId"]))
    elif operation not in _WITHOUT_PERMISSION:
        yield _unknown("cognito-idp", operation)


def _items(operation: str, parameters: Parameters) -> Iterator[Need]:
    if operation == "TransactWriteItems":
        for part in parameters["TransactItems"]:
            for kind, change in part.items():
                yield from _items(
                    "ConditionCheckItem" if kind == "ConditionCheck" else f"{kind}Item", change
                )
        return
    if operation == "BatchGetItem":
        for name, request in parameters["RequestItems"].items():
            for key in request["Keys"]:
                yield Need(
                    "dynamodb:BatchGetItem",
                    _variable(TABLE, name),
                    "",
                    LEADING_KEYS,
                    _without_ids(key["PK"]["S"]),
                )
        return
    if operation == "Query":
        index = parameters.get("IndexName")
        value, path = _queried_partition(parameters), f"index/{index}" if index else ""
    elif operation in _ITEM_OPERATIONS:
        value, path = (parameters.get("Key") or parameters["Item"])["PK"]["S"], ""
    else:
        yield _unknown("dynamodb", operation)
        return
    table = _variable(TABLE, parameters["TableName"])
    yield Need(f"dynamodb:{operation}", table, path, LEADING_KEYS, _without_ids(value))


def _queried_partition(parameters: Parameters) -> str:
    """The partition key, as the condition of the query names it."""
    condition: str = parameters["KeyConditionExpression"]
    name, _, value = condition.partition(" AND ")[0].partition(" = ")
    attribute: str = parameters["ExpressionAttributeNames"][name]
    if not attribute.endswith("PK"):
        raise ValueError("the condition of a query starts with the partition key")
    partition: str = parameters["ExpressionAttributeValues"][value]["S"]
    return partition


def _objects(operation: str, parameters: Parameters) -> Iterator[Need]:
    bucket = _variable(BUCKET, parameters["Bucket"])
    match operation:
        case "ListObjectVersions":
            prefix = _without_ids(parameters.get("Prefix", ""))
            yield Need("s3:ListBucketVersions", bucket, "", PREFIX, prefix)
        case "DeleteObjects":
            for item in parameters["Delete"]["Objects"]:
                yield from _objects("DeleteObject", {"Bucket": parameters["Bucket"], **item})
        case _ if operation in _OBJECT_ACTIONS:
            action = _OBJECT_ACTIONS[operation][bool(parameters.get("VersionId"))]
            yield Need(action, bucket, _without_ids(parameters["Key"]))
        case _:
            yield _unknown("s3", operation)


def _unknown(service: str, operation: str) -> Need:
    return Need(f"{service}:{operation} is unknown to tests/iam", "")


def _variable(kind: str, value: str) -> str:
    """The variable of that kind with the value; the empty name if there is none."""
    names = (name for name, found in os.environ.items() if found == value)
    return next((name for name in names if name.startswith("DOCKET_") and name.endswith(kind)), "")


def _without_ids(text: str) -> str:
    """The text with `0` for each id and digest, so that like calls are recorded as one."""
    return _DIGEST.sub("0", _ULID.sub("0", text))

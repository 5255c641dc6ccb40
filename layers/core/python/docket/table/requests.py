"""Writes of the table as the parameters of DynamoDB's operations.

Every attribute of an expression is a placeholder, so that reserved words are allowed.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docket.table.items.attributes import to_attributes
from docket.table.writes import Check, Delete, Put, Update, Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


def transaction_item(part: Write, table: str) -> "TransactWriteItemTypeDef":
    """A write as a part of a transaction on the table of that name."""
    match part:
        case Put():
            return {"Put": write_request(part, table)}  # type: ignore[typeddict-item]  # built as a plain dict
        case Update():
            return {"Update": write_request(part, table)}  # type: ignore[typeddict-item]  # likewise
        case Delete():
            return {"Delete": write_request(part, table)}  # type: ignore[typeddict-item]  # likewise
        case Check():
            return {"ConditionCheck": write_request(part, table)}  # type: ignore[typeddict-item]  # likewise


def write_request(part: Write, table: str) -> dict[str, Any]:
    """The parameters of a write. If its condition fails, the reply has the stored item."""
    request: dict[str, Any]
    match part:
        case Put():
            request = {"Item": to_attributes(part.item)}
            if part.condition:
                request |= _condition_request(part.condition, part.values)
        case Update():
            request = _update_request(part)
        case Delete() | Check():
            condition = part.condition and _condition_request(part.condition, part.values)
            request = {"Key": to_attributes(part.key), **(condition or {})}
    request["TableName"] = table
    request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return request


def _condition_request(condition: str, values: Mapping[str, Any]) -> dict[str, Any]:
    request: dict[str, Any] = {"ConditionExpression": condition}
    if names := _attribute_names(condition, {}):
        request["ExpressionAttributeNames"] = names
    if values:
        request["ExpressionAttributeValues"] = to_attributes(
            {f":{name}": value for name, value in values.items()}
        )
    return request


def _update_request(change: Update) -> dict[str, Any]:
    names: dict[str, str] = {}
    values: dict[str, Any] = {f":{name}": value for name, value in change.values.items()}

    def path(parts: tuple[str, ...]) -> str:
        aliases = []
        for part in parts:
            alias = f"#n{len(names)}"
            names[alias] = part
            aliases.append(alias)
        return ".".join(aliases)

    def value(new_value: Any) -> str:
        placeholder = f":v{len(values)}"
        values[placeholder] = new_value
        return placeholder

    clauses = []
    sets = [f"{path(at)} = {value(new_value)}" for at, new_value in change.set.items()]
    for at, new_value in change.set_if_absent.items():
        where = path(at)
        sets.append(f"{where} = if_not_exists({where}, {value(new_value)})")
    if sets:
        clauses.append("SET " + ", ".join(sets))
    if change.remove:
        clauses.append("REMOVE " + ", ".join(path(at) for at in change.remove))
    if change.add:
        clauses.append(
            "ADD " + ", ".join(f"{path(at)} {value(by)}" for at, by in change.add.items())
        )
    names |= _attribute_names(change.condition, change.names)
    request: dict[str, Any] = {
        "Key": to_attributes(change.key),
        "UpdateExpression": " ".join(clauses),
        "ConditionExpression": change.condition,
        "ExpressionAttributeNames": names,
    }
    if values:
        request["ExpressionAttributeValues"] = to_attributes(values)
    return request


def _attribute_names(condition: str, names: Mapping[str, str]) -> dict[str, str]:
    """Every `#name` of a condition with its attribute."""
    text = condition.replace("(", " ").replace(")", " ").replace(".", " ").replace(",", " ")
    aliases = {word[1:] for word in text.split() if word.startswith("#")}
    return {f"#{alias}": names.get(alias, alias) for alias in aliases}

"""Writes become the parameters of DynamoDB's operations."""

from typing import Any

import pytest

from docket.table import keys
from docket.table.client import Check, Delete, Put, Update
from docket.table.requests import transaction_item, write_request

ORDER = keys.order("ada", "O1")


def test_attributes_of_an_update_are_placeholders():
    change = Update(
        key=ORDER,
        condition="#status = :open AND size(#names) > :none",
        set={("documents", "d1"): 3},
        set_if_absent={("since",): "now"},
        remove=[("comment",)],
        add={("count",): 2},
        values={"open": "pending", "none": 0},
    )

    request = write_request(change, "docket-dev")

    expressions = request["UpdateExpression"], request["ConditionExpression"]
    assert expressions == (
        "SET #n0.#n1 = :v2, #n2 = if_not_exists(#n2, :v3) REMOVE #n3 ADD #n4 :v4",
        "#status = :open AND size(#names) > :none",
    )
    assert request["ExpressionAttributeNames"] == {
        "#n0": "documents",
        "#n1": "d1",
        "#n2": "since",
        "#n3": "comment",
        "#n4": "count",
        "#status": "status",
        "#names": "names",
    }
    assert request["ExpressionAttributeValues"][":v2"] == {"N": "3"}
    assert request["TableName"] == "docket-dev"


@pytest.mark.parametrize(
    ("part", "operation", "condition"),
    [
        (Put(item=dict(ORDER)), "Put", "attribute_not_exists(PK)"),
        (Put(item=dict(ORDER), condition=None), "Put", None),
        (Delete(key=ORDER), "Delete", "attribute_exists(PK)"),
        (Check(key=ORDER, condition="#a = :a", values={"a": 1}), "ConditionCheck", "#a = :a"),
        (Update(key=ORDER, condition="#a = :a", set={("a",): 1}), "Update", "#a = :a"),
    ],
)
def test_a_part_of_a_transaction_returns_the_item_that_refuses_it(part, operation, condition):
    item: dict[str, Any] = {**transaction_item(part, "docket-dev")}
    request = item[operation]

    assert len(item) == 1
    assert request.get("ConditionExpression") == condition
    assert request["ReturnValuesOnConditionCheckFailure"] == "ALL_OLD"

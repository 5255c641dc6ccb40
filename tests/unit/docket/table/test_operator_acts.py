"""Acts of operators are recorded in a partition of their own."""

from dataclasses import replace

from docket.table import operator_acts
from tests.make import THEN, an_audit_context
from tests.table_state import stored


def test_an_act_is_recorded_with_its_operator(table):
    audit = replace(an_audit_context("operator"), operator="0123456789abcdef")

    operator_acts.record("redrive", {"queue": "uploads", "messages": 3}, audit)

    (item,) = stored()
    assert item["PK"] == "OPERATOR"
    assert item["SK"] == f"ACT#{item['id']}"
    assert item["at"] == THEN.isoformat(timespec="milliseconds")
    assert (item["operator"], item["facts"]["messages"]) == ("0123456789abcdef", 3)

"""How the documents of one difficulty each are compared with what a person reads in them."""

import json

import pytest

from bench import cases
from bench.cases import Case

FACT = {"page": 0, "confidence": 0.9}
GROSS = {"name": "gross", "value": "€ 9,90", "normalised": {"minor": 990, "currency": "eur"}}
RESULT = {
    "kind": "invoice",
    "facts": [
        {**GROSS, **FACT},
        {**GROSS, **FACT, "value": "1.00", "normalised": {"minor": 100, "currency": "eur"}},
        {"name": "field", "value": "Name: Ada", "normalised": "Name: Ada", **FACT},
    ],
    "line_items": [{"description": "Oak", "quantity": "2", "unit_price": "4.95", "amount": "9.90"}],
    "tables": [{"rows": [["Item", "Sum"], ["Oak", "9.90"]]}],
    "transactions": [],
    "segments": [],
    "warnings": [],
    "pages": [],
}  # fmt: skip


@pytest.fixture
def missed(monkeypatch, tmp_path):
    """What of an expectation is missed in the result."""
    monkeypatch.setattr(cases, "_read", lambda file: RESULT)

    def missed(**expected):
        case = Case(tmp_path / "a.pdf", expected)
        return [what for what, is_right in cases.checked(case) if not is_right]

    return missed


def test_what_is_as_expected_is_not_missed(missed):
    facts = {"gross": 990}
    rows = {"item": [["Oak", "2.0", "4.95", "9.90"]], "cells": [["Item", "Sum"]]}

    assert missed(kind="invoice", facts=facts, items=1, tables=1, transactions=0, **rows) == []
    assert missed(kind="invoice", fields={"Name": "Ada"}, items=[["Oak", "9.9"]]) == []
    assert missed(**facts) == []


@pytest.mark.parametrize(
    "expected",
    [
        {"kind": "letter"},
        {"kind": "invoice", "facts": {"gross": 100}},  # not the best candidate
        {"kind": "invoice", "facts": {"net": 990}},
        {"kind": "invoice", "items": 2},
        {"kind": "invoice", "item": [["Oak", "3", "4.95", "9.90"]]},
        {"kind": "invoice", "cells": [["Oak", "9.91"]]},
        {"kind": "invoice", "tables": 2},
        {"kind": "invoice", "transactions": 1},
        {"kind": "form", "fields": {}},
        {"kind": "invoice", "fields": {"Name": "Eve"}},
        {"either": "the text", "or": "a warning"},
    ],
)
def test_anything_else_is_missed(missed, expected):
    assert len(missed(**expected)) == 1


def test_a_document_of_a_file_is_on_its_page(missed):
    assert missed(documents=[{"page": 0, "gross": 990}]) == [
        "a document on page 1",
        "page 1: gross 990",
    ]


def test_expectations_are_of_one_document_or_of_each(tmp_path):
    for folder, documents, expected in (
        ("one", ["a.pdf"], {"gross": 990}),
        ("two", ["a.pdf", "b.pdf"], {"a.pdf": {"gross": 1}, "b.pdf": {"gross": 2}}),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "expected.json").write_text(json.dumps(expected))
        for name in documents:
            (tmp_path / folder / name).touch()

    found = {case.name: case.expected for case in cases.cases(tmp_path)}

    assert found == {
        "one/a.pdf": {"gross": 990}, "two/a.pdf": {"gross": 1}, "two/b.pdf": {"gross": 2},
    }  # fmt: skip

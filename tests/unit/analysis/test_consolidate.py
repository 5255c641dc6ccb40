"""The consolidated facts of an order's documents."""

import json

import pytest

from analysis.consolidate import consolidate, key_facts
from analysis.extract.catalogue import CATALOGUE


def a_fact(name, value, **fields):
    usual = {"name": name, "value": str(value), "normalised": value, "page": 0, "confidence": 0.9}
    return {**usual, **fields}


def an_item(amount, **fields):
    return {"amount": amount, "unit_price": amount, "page": 0, **fields}


def a_document(name, *line_items, **facts):
    sha256 = facts.pop("sha256", name)
    result = {
        "facts": [a_fact(key, value) for key, value in facts.items()],
        "line_items": line_items,
    }
    return {"document_id": name, "sha256": sha256, **key_facts(result)}


def eur(minor):
    return {"minor": minor, "currency": "eur"}


def test_totals_are_summed_by_currency_without_duplicates():
    document = a_document("a", gross=eur(1000), sha256="x")
    copy = a_document("b", gross=eur(1000), sha256="x")
    other = a_document("c", total={"minor": 500, "currency": "gbp"})

    consolidated = consolidate([document, copy, other])

    assert consolidated["duplicates"] == [{"document_ids": ["a", "b"], "because": "same_bytes"}]
    assert consolidated["totals"] == [
        {"currency": "eur", "minor": 1000, "documents": 1},
        {"currency": "gbp", "minor": 500, "documents": 1},
    ]


def test_a_credit_note_reduces_the_total_with_and_without_a_printed_sign():
    invoice = a_document("a", gross=eur(1000))
    signed = {**a_document("b", gross=eur(-100)), "kind": "credit_note"}
    unsigned = {**a_document("c", gross=eur(200)), "kind": "credit_note"}

    totals = consolidate([invoice, signed, unsigned])["totals"]

    assert totals == [{"currency": "eur", "minor": 700, "documents": 3}]


def test_the_timeline_is_oldest_first():
    consolidated = consolidate(
        [
            a_document("a", issue_date="2026-02-01", due_date="2026-03-01"),
            a_document("b", date="2026-01-05"),
        ]
    )

    assert [event["date"] for event in consolidated["timeline"]] == [
        "2026-01-05",
        "2026-02-01",
        "2026-03-01",
    ]


def test_wrong_sums_and_conflicting_totals_are_contradictions():
    wrong = a_document("a", invoice_number="7", net=eur(100), tax=eur(19), gross=eur(200))
    other = a_document("b", invoice_number="7", gross=eur(119))

    codes = [
        contradiction["code"] for contradiction in consolidate([wrong, other])["contradictions"]
    ]

    assert codes == ["sums_do_not_add_up", "one_number_two_totals"]


def test_an_order_without_documents_has_empty_lists():
    assert consolidate([]) == {"timeline": [], "totals": [], "duplicates": [], "contradictions": []}


@pytest.mark.parametrize(
    ("currency", "item", "minor"),
    [("jpy", "60000", 60_000), ("eur", "12.50", 1250), ("kwd", "12.500", 12_500)],
)
def test_line_items_are_compared_in_the_minor_units_of_their_currency(currency, item, minor):
    net = {"minor": 2 * minor, "currency": currency}
    totals = {"net": net, "tax": {**net, "minor": 0}, "gross": net}
    right = a_document("a", an_item(item), an_item(item), **totals)
    wrong = a_document("b", an_item(item), **totals)

    [contradiction] = consolidate([right, wrong])["contradictions"]

    assert contradiction["document_ids"] == ["b"]
    assert contradiction["params"]["sum"] == item


def test_line_items_that_do_not_add_up_are_a_contradiction():
    amounts = {"net": eur(100), "tax": eur(19), "gross": eur(119)}
    right = a_document("a", an_item("0.40"), an_item("0.60"), **amounts)
    wrong = a_document("b", an_item("0.40"), **amounts)
    unknown = a_document("c", an_item("0.40", unit_price=None), **amounts)

    (contradiction,) = consolidate([right, wrong, unknown])["contradictions"]

    assert (contradiction["code"], contradiction["document_ids"]) == ("lines_do_not_add_up", ["b"])


def test_key_facts_are_the_first_sure_one_of_each_name_that_is_needed():
    facts = [
        a_fact("gross", eur(1), confidence=0.4),
        a_fact("gross", eur(2)),
        a_fact("gross", eur(3)),
        a_fact("vat_id", "DE123456789"),
        a_fact("seller", "Holzwerk"),
    ]

    assert key_facts({"facts": facts})["facts"] == {
        "gross": {"normalised": eur(2), "page": 0, "value": str(eur(2))},
        "seller": {"normalised": "Holzwerk", "page": 0},
    }


def test_key_facts_are_small_whatever_a_document_states():
    names = [fact.name for fact in CATALOGUE]
    facts = [a_fact(name, "x" * 600) for name in names] * 400

    assert len(json.dumps(key_facts({"facts": facts, "line_items": []}))) < 4096

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


def a_file(name, *documents, **fields):
    """A file with several documents of a page each, given by their facts."""
    result = {
        "facts": [
            a_fact(key, value, page=page)
            for page, facts in enumerate(documents)
            for key, value in facts.items()
            if key != "kind"
        ],
        "segments": [
            {"first_page": page, "last_page": page, "kind": facts.get("kind", "invoice")}
            for page, facts in enumerate(documents)
        ],
    }
    return {"document_id": name, "sha256": name, **key_facts(result), **fields}


def places(group):
    return [(document["document_id"], document["page"]) for document in group["documents"]]


def eur(minor):
    return {"minor": minor, "currency": "eur"}


def test_totals_are_summed_by_currency_without_duplicates():
    document = a_document("a", gross=eur(1000), sha256="x")
    copy = a_document("b", gross=eur(1000), sha256="x")
    other = a_document("c", total={"minor": 500, "currency": "gbp"})

    consolidated = consolidate([document, copy, other])

    assert consolidated["duplicates"] == [
        {
            "document_ids": ["a", "b"],
            "documents": [{"document_id": "a", "page": None}, {"document_id": "b", "page": None}],
            "because": "same_bytes",
        }
    ]
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


@pytest.mark.parametrize(
    ("warnings", "codes"), [([], []), ([{"code": "items_do_not_add_up"}], ["lines_do_not_add_up"])]
)
def test_items_that_add_up_before_a_discount_are_no_contradiction(warnings, codes):
    totals = {"net": eur(900), "tax": eur(0), "gross": eur(900)}
    result = {
        "facts": [a_fact(name, value) for name, value in totals.items()],
        "line_items": [an_item("10.00")],
        "kind": "invoice",
        "warnings": warnings,
    }

    contradictions = consolidate([{"document_id": "a", **key_facts(result)}])["contradictions"]

    assert [contradiction["code"] for contradiction in contradictions] == codes


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


def test_key_facts_of_a_file_with_several_documents_are_those_of_each():
    known = a_file("a", {"gross": eur(1000)}, {"gross": eur(500), "seller": "Holzwerk"})

    assert (known["facts"], known["line_items"]) == ({}, None)
    assert [segment["facts"].keys() for segment in known["segments"]] == [
        {"gross"},
        {"gross", "seller"},
    ]
    assert known["segments"][1]["facts"]["seller"]["page"] == 1


def test_every_document_of_a_file_counts_in_totals_and_timeline():
    scan = a_file(
        "scan",
        {"gross": eur(1000), "issue_date": "2026-03-01"},
        {"gross": eur(200), "issue_date": "2026-02-01", "kind": "credit_note"},
        {"total": eur(50), "date": "2026-01-01"},
    )

    consolidated = consolidate([scan, a_document("b", gross=eur(5))])

    assert consolidated["totals"] == [{"currency": "eur", "minor": 855, "documents": 4}]
    assert [(event["date"], event["page"]) for event in consolidated["timeline"]] == [
        ("2026-01-01", 2),
        ("2026-02-01", 1),
        ("2026-03-01", 0),
    ]


def test_the_same_document_in_a_file_and_in_another_is_counted_once():
    receipt = {"merchant": "Shop", "date": "2026-03-01", "time": "10:00", "total": eur(700)}
    other = {**receipt, "time": "11:00"}

    consolidated = consolidate(
        [a_file("scan", receipt, other, receipt), a_document("photo", **receipt)]
    )

    [group] = consolidated["duplicates"]
    assert (group["because"], group["document_ids"]) == ("same_content", ["scan", "photo"])
    assert places(group) == [("scan", 0), ("scan", 2), ("photo", None)]
    assert consolidated["totals"] == [{"currency": "eur", "minor": 1400, "documents": 2}]


def test_documents_of_a_file_that_was_added_twice_are_counted_once():
    papers = [
        {"invoice_number": number, "issue_date": "2026-03-01", "gross": eur(700)}
        for number in ("1", "2")
    ]

    consolidated = consolidate([a_file(name, *papers, sha256="x") for name in ("a", "b")])

    assert [group["because"] for group in consolidated["duplicates"]] == ["same_bytes"]
    assert consolidated["totals"] == [{"currency": "eur", "minor": 1400, "documents": 2}]


def test_a_contradiction_names_the_document_within_its_file():
    right = {"invoice_number": "7", "net": eur(100), "tax": eur(19), "gross": eur(119)}
    wrong = {**right, "gross": eur(200)}

    contradictions = consolidate([a_file("scan", right, wrong)])["contradictions"]

    assert [(entry["code"], places(entry)) for entry in contradictions] == [
        ("sums_do_not_add_up", [("scan", 1)]),
        ("one_number_two_totals", [("scan", 0), ("scan", 1)]),
    ]


def test_key_facts_are_small_whatever_many_documents_of_a_file_state():
    names = [fact.name for fact in CATALOGUE]
    known = a_file("a", *[dict.fromkeys(names, "x" * 600)] * 200)

    assert len(json.dumps(known)) < 300_000

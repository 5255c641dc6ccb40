"""The consolidated facts of an order's documents."""

from analysis.consolidate import consolidate


def a_document(name, **facts):
    return {
        "document_id": name,
        "sha256": facts.pop("sha256", name),
        "facts": [
            {"name": key, "value": str(value), "normalised": value, "page": 0, "confidence": 0.9}
            for key, value in facts.items()
        ],
    }


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

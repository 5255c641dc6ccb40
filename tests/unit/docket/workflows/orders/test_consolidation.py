from analysis.consolidate import key_facts
from docket.workflows.orders.consolidation import consolidated
from tests.make import a_document, a_read_document

GROSS = {
    "name": "gross",
    "value": "250 €",
    "normalised": {"minor": 25000, "currency": "eur"},
    "page": 0,
    "confidence": 0.9,
}
KEY_FACTS = key_facts({"facts": [GROSS]})


def test_documents_that_were_not_read_say_nothing():
    read = a_read_document("a.pdf", key_facts=KEY_FACTS)

    totals = consolidated([a_document("b.pdf"), read, a_read_document("c.pdf")])["totals"]

    assert totals == [{"currency": "eur", "minor": 25000, "documents": 1}]


def test_the_kind_and_the_hash_of_a_document_are_known():
    same = "ab" * 32
    first = a_read_document("a.pdf", sha256=same, kind="credit_note", key_facts=KEY_FACTS)
    second = a_read_document("b.pdf", sha256=same, key_facts=KEY_FACTS)

    together = consolidated([first, second])

    assert [group["because"] for group in together["duplicates"]] == ["same_bytes"]
    assert [total["minor"] for total in together["totals"]] == [-25000]


def test_every_document_of_a_file_counts_with_its_kind():
    segments = [
        {"first_page": page, "last_page": page, "kind": kind}
        for page, kind in enumerate(("invoice", "credit_note"))
    ]
    facts = [GROSS, {**GROSS, "page": 1, "normalised": {"minor": 5000, "currency": "eur"}}]
    scan = a_read_document(
        "a.pdf", kind="other", key_facts=key_facts({"facts": facts, "segments": segments})
    )

    totals = consolidated([scan, a_read_document("b.pdf", key_facts=KEY_FACTS)])["totals"]

    assert totals == [{"currency": "eur", "minor": 45000, "documents": 3}]

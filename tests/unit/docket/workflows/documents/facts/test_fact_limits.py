import json

from docket.runtime.reply_size import envelope_bytes
from docket.workflows.documents.facts.fact_limits import CAPPED, LISTS, cut_to, share, stored_bytes
from docket.workflows.documents.reading import MAX_INLINE_BYTES

FACTS = {"facts": [{"value": f"Счёт {n}"} for n in range(500)], "tables": [], "warnings": []}


def test_facts_within_the_limit_are_unchanged():
    assert cut_to(FACTS, 100_000) is FACTS


def test_facts_over_the_limit_are_cut_with_one_warning():
    cut = cut_to(cut_to(FACTS, 5000), 2000)

    assert stored_bytes(cut) < 2000 + 200
    assert cut["facts"] == FACTS["facts"][: len(cut["facts"])]
    assert cut["warnings"] == [CAPPED]


def test_a_large_list_is_cut_before_a_small_one():
    rows = [["x" * 80] * 12] * 50
    facts = {name: [] for name in LISTS} | {
        "facts": [{"name": "date", "value": "today"}],
        "tables": [{"rows": rows}] * 20,
        "warnings": [],
    }

    cut = cut_to(facts, MAX_INLINE_BYTES)

    assert len(json.dumps(cut)) < MAX_INLINE_BYTES + 1000
    assert cut["facts"] == facts["facts"]
    assert cut["warnings"] == [CAPPED]
    assert cut_to({**facts, "tables": []}, MAX_INLINE_BYTES) == {**facts, "tables": []}


def test_facts_without_lists_are_unchanged():
    facts = {"headline": "x" * 1000}

    assert cut_to(facts, 100) is facts
    assert share({"a": facts}, 100) == {"a": facts}


def test_the_largest_document_is_cut_first():
    small = {"facts": [{"value": "1"}]}
    most = envelope_bytes(FACTS)

    shared = share({"a": FACTS, "b": small}, most // 2)

    assert shared["b"] == small
    assert shared["a"]["warnings"] == [CAPPED]
    assert sum(envelope_bytes(facts) for facts in shared.values()) <= most // 2


def test_documents_within_the_limit_are_unchanged():
    assert share({"a": FACTS, "b": FACTS}, 1_000_000) == {"a": FACTS, "b": FACTS}


def test_warnings_are_never_cut():
    assert "warnings" not in LISTS
    assert "warnings" in json.dumps(cut_to(FACTS, 1000))


def test_every_document_of_a_file_keeps_facts():
    facts = [{"page": page, "value": "x" * 100} for page in range(3) for _ in range(100)]
    segments = [{"first_page": page, "last_page": page} for page in range(3)]

    cut = cut_to({"facts": facts, "segments": segments, "warnings": []}, 10_000)

    pages = [fact["page"] for fact in cut["facts"]]
    assert {pages.count(page) for page in range(3)} <= {len(pages) // 3, len(pages) // 3 + 1}
    assert cut["segments"] == segments

import json

from docket.runtime.reply_size import envelope_bytes
from docket.workflows.fact_limits import CAPPED, LISTS, cut_to, share, stored_bytes

FACTS = {"facts": [{"value": f"Счёт {n}"} for n in range(500)], "tables": [], "warnings": []}


def test_facts_that_fit_stay_as_they_are():
    assert cut_to(FACTS, 100_000) is FACTS


def test_facts_that_do_not_fit_are_cut_and_say_so_once():
    cut = cut_to(cut_to(FACTS, 5000), 2000)

    assert stored_bytes(cut) < 2000 + 200
    assert cut["facts"] == FACTS["facts"][: len(cut["facts"])]
    assert cut["warnings"] == [CAPPED]


def test_facts_that_have_nothing_to_cut_stay():
    facts = {"headline": "x" * 1000}

    assert cut_to(facts, 100) is facts
    assert share({"a": facts}, 100) == {"a": facts}


def test_the_largest_is_cut_first_and_small_ones_stay_whole():
    small = {"facts": [{"value": "1"}]}
    most = envelope_bytes(FACTS)

    shared = share({"a": FACTS, "b": small}, most // 2)

    assert shared["b"] == small
    assert shared["a"]["warnings"] == [CAPPED]
    assert sum(envelope_bytes(facts) for facts in shared.values()) <= most // 2


def test_what_fits_together_is_shared_as_it_is():
    assert share({"a": FACTS, "b": FACTS}, 1_000_000) == {"a": FACTS, "b": FACTS}


def test_only_lists_of_the_reader_are_cut():
    assert "warnings" not in LISTS
    assert "warnings" in json.dumps(cut_to(FACTS, 1000))

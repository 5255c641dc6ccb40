"""The ids of facts, which fact a correction belongs to after another reading, and what counts."""

import json

import pytest

from analysis.consolidate import key_facts
from analysis.model.inline import TEXT_INLINE
from analysis.report import visible_facts
from docket.domain.orders.correction import Correction, Statement, Verdict
from docket.workflows.documents.facts.reviewed_facts import (
    LIKELY,
    corrected_key_facts,
    exported,
    fact_ids,
    marks,
    progress,
    reviewed,
)
from tests.make import THEN
from tests.reading import a_gross_fact, a_result

GROSS = a_gross_fact()
ELSEWHERE = [0.6, 0.6, 0.7, 0.7]


def a_date(value, day, **fields):
    return GROSS | {"name": "issue_date", "value": value, "normalised": day, **fields}


def a_correction(fact=GROSS, verdict=Verdict.CORRECTED, value="191.00", minor=19100):
    statement = None if verdict is Verdict.REJECTED else Statement.of(fact)
    if verdict is Verdict.CORRECTED:
        statement = Statement.of(
            fact | {"value": value, "normalised": {"minor": minor, "currency": "eur"}}
        )
    (fact_id,) = fact_ids([fact])
    return Correction(
        fact_id=fact_id, verdict=verdict, read=fact, stated=statement, user_id="ada", at=THEN
    )


def facts_of(facts, *corrections, **result):
    return reviewed({"facts": facts, **result}, corrections)["facts"]


def test_ids_tell_repeated_facts_apart_and_are_those_of_the_short_form():
    long = GROSS | {"name": "seller", "value": "x" * 700}
    cut = long | {"value": "x" * TEXT_INLINE}

    ids = fact_ids([GROSS, GROSS, long])

    assert len(set(ids)) == 3
    assert ids == fact_ids(json.loads(json.dumps([GROSS, GROSS, cut])))


@pytest.mark.parametrize(
    "later",
    [
        GROSS | {"confidence": 0.5},
        GROSS | {"value": "119,00 EUR"},
        GROSS | {"box": ELSEWHERE, "page": 3},
        GROSS | {"value": "110.00", "normalised": {"minor": 11000, "currency": "eur"}},
        GROSS | {"value": "1", "normalised": {"minor": 1, "currency": "eur"}, "box": ELSEWHERE},
    ],
    ids=["same", "other_text", "other_place", "other_value", "only_one_of_its_name"],
)
def test_a_correction_survives_another_reading(later):
    (fact,) = facts_of([later], a_correction())

    assert (fact["value"], fact["corrected"]) == ("191.00", True)
    assert fact["reader_value"]["value"] == later["value"]
    assert fact["review"]["found"]


def test_a_correction_without_its_fact_is_shown_as_not_found():
    date = a_date("2 March", "2026-03-02")

    _, orphan = facts_of([date], a_correction())

    assert (orphan["name"], orphan["value"], orphan["review"]["found"]) == (
        "gross",
        "191.00",
        False,
    )


def test_a_rejection_is_of_that_value_only():
    rejection = a_correction(verdict=Verdict.REJECTED)
    other = GROSS | {"value": "110.00", "normalised": {"minor": 11000, "currency": "eur"}}

    (fact,) = facts_of([other], rejection)

    assert fact["review"] is None


def test_an_accepted_value_stands_against_another_reading():
    other = GROSS | {"value": "110.00", "normalised": {"minor": 11000, "currency": "eur"}}

    (fact,) = facts_of([other], a_correction(verdict=Verdict.ACCEPTED))

    assert (fact["value"], fact["corrected"]) == ("119.00", True)


def test_a_name_that_repeats_is_matched_by_value_or_place():
    party = GROSS | {"name": "party", "value": "Acme", "normalised": "Acme"}
    other = party | {"value": "Beta", "normalised": "Beta", "box": ELSEWHERE}

    found, orphan = facts_of([other], a_correction(party, Verdict.ACCEPTED))

    assert (found["review"], orphan["review"]["found"]) == (None, False)


def test_unsure_statements_are_doubtful_and_alternatives_are_not():
    unsure = GROSS | {"confidence": 0.7}
    alternative = unsure | {"value": "1", "box": ELSEWHERE}
    generic = unsure | {"name": "amount"}

    facts = facts_of([unsure, alternative, generic, a_date("x", "2026-03-02")], kind="invoice")

    assert [fact["doubtful"] for fact in facts] == [True, False, False, False]
    result = {"facts": [unsure, alternative], "kind": "invoice"}
    assert [mark.id for mark in marks(result) if mark.doubtful] == fact_ids([unsure])
    assert progress(result, []) == (1, 0)
    assert progress(result, [a_correction(unsure)]) == (1, 1)


def test_each_document_of_a_file_has_its_own_statements():
    pages = [GROSS | {"confidence": 0.7, "page": page} for page in (0, 1)]
    segments = [
        {"first_page": page, "last_page": page, "kind": "invoice", "headline": "Bill: 119.00"}
        for page in (0, 1)
    ]

    result, corrections = {"facts": pages, "segments": segments}, [a_correction(pages[1])]

    reviewed_result = reviewed(result, corrections)

    assert progress(result, corrections) == (2, 1)
    assert [segment["headline"] for segment in reviewed_result["segments"]] == [
        "Bill: 119.00",
        "Bill: 191.00",
    ]


def test_key_facts_change_only_where_something_was_corrected():
    date = a_date("2 March", "2026-03-02")
    second = GROSS | {"value": "5", "normalised": {"minor": 500, "currency": "eur"}}
    result = {"facts": [GROSS, second, date]}
    stored = key_facts(result) | {"line_items": 11900}
    rejected = reviewed(result, [a_correction(verdict=Verdict.REJECTED)])
    accepted = reviewed(result, [a_correction(second, Verdict.ACCEPTED)])

    without = corrected_key_facts(stored, rejected, {"gross"})
    confirmed = corrected_key_facts(stored, accepted, {"gross"})

    for facts in (without, confirmed):
        assert facts is not None
        assert facts["facts"]["gross"]["normalised"]["minor"] == 500
        assert facts["facts"]["issue_date"] == stored["facts"]["issue_date"]
        assert facts["line_items"] == 11900
    assert corrected_key_facts(None, rejected, {"gross"}) is None


def test_a_report_leaves_out_what_was_rejected():
    rejection = a_correction(verdict=Verdict.REJECTED)
    result = {"facts": [GROSS], "headline": "Invoice: 119.00"}

    assert exported(result, [rejection])["facts"] == []
    assert exported(result, [rejection])["headline"] == "Invoice"


def test_what_takes_the_place_of_a_rejected_fact_is_to_be_reviewed_in_a_report():
    other = {"value": "110.00", "normalised": {"minor": 11000, "currency": "eur"}}
    unlikely, likely = (
        GROSS | other | {"page": page, "confidence": confidence}
        for page, confidence in ((2, 0.5), (3, 0.99))
    )
    rejection = a_correction(verdict=Verdict.REJECTED)

    facts = exported({"facts": [GROSS, unlikely, likely]}, [rejection])["facts"]

    assert [fact["doubtful"] for fact in facts] == [True, False]


def test_a_result_without_corrections_keeps_all_that_it_has():
    result = a_result().to_dict()

    assert reviewed(result, ()).items() >= {**result, "facts": []}.items()


def test_the_pdf_leaves_out_what_is_less_likely_here():
    assert visible_facts._LIKELY == LIKELY

"""Which fact a correction belongs to, and what counts as reviewed, from any results."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from docket.domain.orders.correction import Correction, Statement, Verdict
from docket.domain.orders.fact_matching import FactMark, matched, progress
from tests.make import THEN
from tests.reading import a_gross_fact

IDS = ("a", "b", "c", "d")
FACTS = st.builds(
    lambda name, value, page, box: a_gross_fact() | {
        "name": name, "value": value, "normalised": value, "page": page, "box": box,
    },
    st.sampled_from(["gross", "party"]),
    st.sampled_from(["1", "2"]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from([None, [0.1, 0.1, 0.2, 0.2], [0.15, 0.15, 0.3, 0.3], [0.8, 0.8, 0.9, 0.9]]),
)  # fmt: skip
MARKED = st.lists(st.tuples(FACTS, st.booleans()), max_size=4)
CORRECTIONS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(Verdict), FACTS),
    max_size=4,
    unique_by=lambda drawn: drawn[0],
)


def mark(place, fact, is_doubtful):
    return FactMark(id=IDS[place], repeats=fact["name"] == "party", doubtful=is_doubtful)


def correction(fact_id, verdict, fact):
    statement = None if verdict is Verdict.REJECTED else Statement.of(fact)
    return Correction(
        fact_id=fact_id, verdict=verdict, read=fact, stated=statement, user_id="ada", at=THEN
    )


@given(MARKED, CORRECTIONS)
def test_each_correction_belongs_to_at_most_one_fact(marked, drawn):
    facts = [fact for fact, _ in marked]
    marks = [mark(place, *fact) for place, fact in enumerate(marked)]
    corrections = [correction(*fields) for fields in drawn]

    by_place, without_fact = matched(facts, marks, corrections)

    ids = [c.fact_id for c in [*by_place.values(), *without_fact]]
    assert sorted(ids) == sorted(c.fact_id for c in corrections)
    assert all(facts[place]["name"] == c.name or marks[place].id == c.fact_id
               for place, c in by_place.items())  # fmt: skip


@given(MARKED, CORRECTIONS)
def test_only_doubtful_facts_count(marked, drawn):
    facts = [fact for fact, _ in marked]
    marks = [mark(place, *fact) for place, fact in enumerate(marked)]
    corrections = [correction(*fields) for fields in drawn]

    counted = progress(facts, marks, corrections)

    by_place = matched(facts, marks, corrections).by_place
    assert counted.doubtful == sum(is_doubtful for _, is_doubtful in marked)
    assert counted.reviewed == sum(marks[place].doubtful for place in by_place)
    assert progress(facts, [replace(m, doubtful=False) for m in marks], corrections) == (0, 0)

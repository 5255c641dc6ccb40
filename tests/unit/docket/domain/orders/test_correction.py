from dataclasses import replace

from docket.domain.orders.correction import Correction, Statement, Verdict
from tests.make import THEN
from tests.reading import a_gross_fact

FACT = a_gross_fact()
READ = Statement.of(FACT)
ACCEPTED = Correction(
    fact_id="a", verdict=Verdict.ACCEPTED, read=FACT, stated=READ, user_id="ada", at=THEN
)


def test_a_statement_has_what_a_fact_states_and_where():
    assert READ.to_dict() == {name: FACT[name] for name in ("value", "normalised", "page", "box")}
    assert Statement.of({**FACT, "page": None, "box": None}).box is None


def test_the_same_verdict_has_the_same_effect_whenever_it_was_made():
    later = replace(ACCEPTED, at=THEN.replace(year=2030), user_id="eve")

    assert ACCEPTED.has_effect_of(later)
    assert not ACCEPTED.has_effect_of(replace(ACCEPTED, verdict=Verdict.REJECTED))
    assert not ACCEPTED.has_effect_of(replace(ACCEPTED, stated=replace(READ, value="1")))
    assert not ACCEPTED.has_effect_of(None)
    assert ACCEPTED.name == "gross"

"""The catalogue of facts: what each part of the reader takes from it."""

import ast
from pathlib import Path

import analysis
from analysis.extract import catalogue


def test_the_timeline_prefers_specific_dates():
    assert catalogue.TIMELINE[-1] == "date"
    assert {catalogue.BY_NAME[name].type for name in catalogue.TIMELINE} == {"date"}


def test_totals_of_an_order_are_amounts_of_money():
    assert catalogue.ORDER_TOTALS == ("gross", "total")
    assert {catalogue.BY_NAME[name].type for name in catalogue.ORDER_TOTALS} == {"money"}


def test_a_summary_quotes_one_fact_per_group_by_rank():
    assert catalogue.quoted_names() == [
        ("invoice_number", "merchant", "sender", "account_holder"),
        ("gross", "total", "subject", "period_end"),
        ("due_date", "closing_balance", "date", "issue_date"),
    ]


def test_every_fact_is_listed_once_with_its_meaning_labels_and_kinds():
    assert len(catalogue.BY_NAME) == len(catalogue.CATALOGUE)
    for spec in catalogue.CATALOGUE:
        assert spec.meaning
        assert spec.labels.keys() == {"en", "de"}
        assert all(spec.labels.values())
        assert spec.kinds or spec.any_kind, spec.name


def test_no_two_facts_share_a_group_and_a_rank():
    ranks = [spec.quote for spec in catalogue.CATALOGUE if spec.quote]

    assert len(ranks) == len(set(ranks))


def test_a_generic_fact_is_of_any_kind_and_repeats():
    assert catalogue.GENERIC <= catalogue.ANYWHERE <= catalogue.REPEATED


def test_a_fact_has_its_kinds_and_its_label_in_each_language():
    assert "invoice_number" in catalogue.names_of("invoice")
    assert "invoice_number" not in catalogue.names_of("receipt")
    assert catalogue.label("due_date", "de") == "Fällig"
    assert catalogue.label("some_new_name", "en") == "Some new name"


def test_every_fact_that_the_sources_name_is_in_the_catalogue():
    """The tests of documents check names too, but only of the facts that they find."""
    names = {
        call.args[0].value
        for path in Path(analysis.__path__[0]).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if ast.unparse(call.func) in {"fact", "Fact"}
    }

    assert len(names) > 5
    assert names <= catalogue.BY_NAME.keys()

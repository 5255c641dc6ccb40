"""The trained tables and their application."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis import models
from analysis.extract import calibration
from analysis.model import Fact
from analysis.models import crf

_NUMBER = some.floats(-20, 20)


@given(some.lists(some.tuples(_NUMBER, _NUMBER, _NUMBER), min_size=1, max_size=8))
def test_the_label_probabilities_of_a_line_sum_to_one(emissions):
    transitions = [[0.5, -1.0, 0.0], [0.0, 2.0, -3.0], [1.0, 0.0, 0.0]]

    for chances in crf.marginals(emissions, transitions):
        assert sum(chances) == pytest.approx(1)


def test_edge_marginals_agree_with_marginals():
    emissions, transitions = [[1.0, 0.0], [0.0, 2.0], [0.5, 0.0]], [[1.0, -1.0], [0.0, 0.5]]

    single, pairs = (
        crf.marginals(emissions, transitions),
        crf.edge_marginals(emissions, transitions),
    )

    for place, pair in enumerate(pairs):
        assert [sum(row) for row in pair] == pytest.approx(single[place])


def test_the_best_segment_is_the_most_likely_one():
    assert crf.best_segment([0.1, 0.9, 0.4, 0.9, 0.1], longest=5) == (1, 4)
    assert crf.best_segment([0.1, 0.9, 0.4, 0.9, 0.1], longest=1) == (1, 2)
    assert crf.best_segment([0.1, 0.2], longest=5) is None


def test_every_table_names_its_training():
    for name in (
        "receipt_lines", "receipt_total", "contract_parties", "invoice_parties", "confidence",
    ):  # fmt: skip
        assert "training" in models.table(name)["about"]


@given(some.lists(some.floats(0, 1), min_size=2, max_size=20))
def test_calibration_keeps_the_order_and_excludes_certainty(values):
    facts = [
        Fact(
            name="total",
            value="1",
            normalised="1",
            page=0,
            box=None,
            confidence=value,
            source="ocr",
        )
        for value in sorted(values, reverse=True)
    ]

    confidences = [fact.confidence for fact in calibration.calibrated(facts, "receipt")]

    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < value < 1 for value in confidences)


def test_a_fact_without_a_curve_of_its_own_has_that_of_its_group():
    names = ("issue_date", "gross", "seller", "invoice_number")

    assert [calibration.group_of(name) for name in names] == ["dates", "sums", "names", "ids"]
    curves = models.table("confidence")["curves"]
    assert {"dates", "sums", "names", "ids"} <= curves.keys()

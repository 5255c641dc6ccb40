"""How two versions of the reader are compared."""

import pytest

from bench.options import ROOT
from bench.reader import earlier


def test_ratios_are_of_times_in_the_same_round():
    assert earlier.quartiles_of_ratios([1.0, 4.0, 2.0], [2.0, 4.0, 1.0]) == [0.75, 1.0, 1.5]


def test_a_clone_without_the_commit_says_so():
    assert earlier.compare("0" * 40) == {"0" * 40: "is not in this clone of the project"}


def test_a_reader_that_ends_is_named_by_its_file(tmp_path):
    missing = tmp_path / "missing.pdf"
    with (
        earlier._reader(ROOT / earlier._SOURCES) as reader,
        pytest.raises(RuntimeError, match=r"missing\.pdf"),
    ):
        reader.answer(missing)

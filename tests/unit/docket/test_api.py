import pytest

from docket.api import status_of
from docket.domain import errors


def every_error(root=errors.DocketError):
    for each in root.__subclasses__():
        yield each
        yield from every_error(each)


@pytest.mark.parametrize("error", list(every_error()))
def test_every_error_has_a_status(error):
    assert 400 <= status_of(error) <= 502


def test_codes_are_stable_words_of_their_own():
    codes = [each.code for each in every_error()]

    assert len(codes) == len(set(codes))

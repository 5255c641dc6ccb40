import pytest

from bench.logins import auc


@pytest.mark.parametrize(
    ("known", "unknown", "area"),
    [
        ([3, 4], [1, 2], 1),
        ([1, 2], [3, 4], 0),
        ([1, 4], [2, 3], 0.5),
        ([1, 1], [1, 1], 0.5),
        ([1, 2, 3], [2], 0.5),
        ([2, 3], [1, 2], 0.875),
    ],
)
def test_the_area_is_the_probability_of_a_longer_time(known, unknown, area):
    assert auc(known, unknown) == area

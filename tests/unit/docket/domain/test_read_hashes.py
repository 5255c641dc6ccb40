import pytest

from docket.domain.read_hashes import MOST, of_readings


@pytest.mark.parametrize(
    ("earlier", "latest", "after"),
    [
        ((), ("bytes", "words"), ("bytes", "words")),
        (("bytes", "words"), ("bytes", "words"), ("bytes", "words")),
        (("bytes", "words"), ("bytes", "other"), ("bytes", "words", "other")),
        (("bytes", "words", "other"), ("bytes", "words"), ("bytes", "words", "other")),
        (("bytes", "words"), ("bytes",), ("bytes", "words")),
        (("bytes",), ("bytes", "words"), ("bytes", "words")),
    ],
)
def test_the_hashes_of_a_file_only_grow(earlier, latest, after):
    assert of_readings(earlier, latest) == after


@pytest.mark.parametrize("latest", [("another", "words"), ("another",), ()])
def test_another_file_has_its_own_hashes(latest):
    assert of_readings(("bytes", "old words"), latest) == latest


def test_at_the_limit_the_known_hashes_stay():
    hashes = ("bytes", *(f"words {number}" for number in range(MOST - 1)))

    assert of_readings(hashes[:-1], ("bytes", hashes[-1])) == hashes
    assert of_readings(hashes, ("bytes", "new words")) == hashes

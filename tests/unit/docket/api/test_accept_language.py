import pytest

from docket.api.accept_language import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "de"),
        ("DE-at", "de"),
        ("en;q=0.4, de;q=0.6", "de"),
        ("de;q=0.6,en", "en"),
        ("fr, de;q=0.1", "de"),
        ("de;q=0", "en"),
        ("de;q=nonsense, en;q=0.1", "en"),
        ("de;q=7", "en"),
        ("de;q=nan", "en"),
        ("*", "en"),
        ("deu", "en"),
    ],
)
def test_the_supported_language_with_the_highest_weight_is_preferred(header, language):
    assert preferred(header) == language

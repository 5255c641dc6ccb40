import pytest

from docket.api.accept import accepts_encoding, media_type_weight, names_media_type

JSON = "application/json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "Application/JSON",
        "application/json;q=0.001",
        "application/json; charset=utf-8",
        "application/json ; Q=1.000",
        "application/*",
        "text/html;q=0.5, application/json",
        "text/html;q=0.2, application/*;q=0.3",
        "application/json, text/plain, */*",
        "application/*;q=0, application/json",
        ",, application/json",
    ],
)
def test_a_media_type_is_recognised_in_any_spelling(accept):
    assert names_media_type(accept, JSON)


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        BROWSER,
        "text/html",
        "text/html, application/json;q=0",
        "application/json;q=0.000",
        "application/*;q=0",
        "application/*, application/json;q=0",
        "text/html, application/json;q=0.5",
        "application/jsonp",
        "xapplication/json",
        "application/json;q=2",
        "application/json;q=-1",
        "application/json;q=nan",
        "application/json;q=",
        ";q=1",
        "application/pdf",
    ],
)
def test_a_rejected_or_less_preferred_media_type_is_not_recognised(accept):
    assert not names_media_type(accept, JSON)


def test_the_most_specific_range_has_precedence():
    accept = "*/*;q=0.1, application/*;q=0.2, application/json;q=0.3"

    assert media_type_weight(accept, JSON) == 0.3
    assert media_type_weight(accept, "application/pdf") == 0.2
    assert media_type_weight(accept, "text/html") == 0.1


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.1", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("*, gzip;q=0", False),
        ("x-gzip-like", False),
    ],
)
def test_an_encoding_is_used_only_if_it_is_accepted(header, accepted):
    assert accepts_encoding(header, "gzip") is accepted

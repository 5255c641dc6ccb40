import pytest

from docket.api import api, cookie, header, is_current, wants_json
from tests.make_calls import a_request


def app_with(**request):
    """A resolver that has resolved the request."""
    app = api(public=True)

    @app.get("/")
    def get() -> None:
        return None

    app.resolve(a_request("GET", "/", **request), None)
    return app


def test_a_header_is_found_by_its_lower_case_name():
    app = app_with(headers={"x-thing": "1"})

    assert (header(app, "x-thing"), header(app, "x-other")) == ("1", None)


@pytest.mark.parametrize(
    "request_", [{"cookies": ("a=1", "b=2=3")}, {"headers": {"cookie": "a=1; b=2=3"}}]
)
def test_a_cookie_is_found_in_the_events_list_or_the_header(request_):
    app = app_with(**request_)

    assert (cookie(app, "a"), cookie(app, "b"), cookie(app, "c")) == ("1", "2=3", None)


@pytest.mark.parametrize(
    "request_", [{"cookies": ("a=1", "b=2", "a=3")}, {"headers": {"cookie": "a=1; b=2; a=3"}}]
)
def test_two_cookies_of_one_name_are_none(request_):
    app = app_with(**request_)

    assert (cookie(app, "a"), cookie(app, "b")) == (None, "2")


def test_an_empty_cookie_is_none():
    assert cookie(app_with(cookies=("a=",)), "a") is None


@pytest.mark.parametrize(
    ("accept", "preferred"), [("application/json", True), ("text/html,*/*", False), ("", False)]
)
def test_json_is_preferred_only_by_name(accept, preferred):
    assert wants_json(app_with(headers={"accept": accept})) is preferred


@pytest.mark.parametrize(
    ("if_none_match", "current"),
    [('W/"1"', True), ('"1"', True), ('W/"0", W/"1"', True), ("*", True), ('W/"2"', False)],
)
def test_a_copy_is_current_if_its_tag_is_named(if_none_match, current):
    app = app_with(headers={"if-none-match": if_none_match})

    assert is_current(app, 'W/"1"') is current
    assert not is_current(app_with(), 'W/"1"')

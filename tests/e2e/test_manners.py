"""How the API answers an outside developer, through the distribution and past it."""

import pytest

from docket.contract.description import FILE
from tests.e2e.conftest import API
from tests.make import a_pdf


@pytest.mark.parametrize("path", ["/api", "/API/V1/orders"])
def test_the_apis_prefix_is_never_answered_by_the_site(visitor, path):
    reply = visitor.get(path)

    assert reply.status_code == 404
    assert reply.json()["code"] == "not_found"


@pytest.mark.parametrize("method", ["HEAD", "DELETE", "OPTIONS"])
def test_a_wrong_method_names_the_right_ones(visitor, method):
    reply = visitor.call(method, f"{API}/orders")

    assert (reply.status_code, reply.headers["Allow"]) == (405, "GET, POST")


def test_the_description_is_compressed_and_not_sent_twice(visitor):
    first = visitor.get(f"{API}/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    assert first.text == FILE.read_text()

    again = visitor.get(f"{API}/openapi.json", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_who_is_not_signed_in_is_told_how(visitor):
    reply = visitor.get(f"{API}/orders")

    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")
    assert reply.headers["Cache-Control"] == "no-store"

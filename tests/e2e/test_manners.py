"""HTTP conventions of the API: status codes, headers, compression, redirects."""

import time
from http import HTTPStatus

import pytest

from docket.schemas.description import FILE
from infra.layers.build import ROOT
from local.demo import upload
from tests.e2e.conftest import API

SAMPLE = ROOT / "layers/core/python/docket/samples/invoice.pdf"


@pytest.mark.parametrize("path", ["/api", "/API/V1/orders"])
def test_api_paths_are_not_served_by_the_site(visitor, path):
    reply = visitor.get(path)

    assert reply.status_code == 404
    assert reply.json()["code"] == "not_found"


# On AWS the default route answers OPTIONS too; the emulator answers it by itself.
@pytest.mark.parametrize("method", ["HEAD", "DELETE", "PATCH"])
def test_a_wrong_method_names_the_allowed_ones(visitor, method):
    reply = visitor.call(method, f"{API}/orders")

    assert (reply.status_code, reply.headers["Allow"]) == (405, "GET, POST")


def test_the_description_is_compressed_and_has_an_etag(visitor):
    first = visitor.get(f"{API}/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    assert first.text == FILE.read_text()

    repeated = visitor.get(f"{API}/openapi.json", headers={"If-None-Match": first.headers["ETag"]})

    assert (repeated.status_code, repeated.content) == (304, b"")


def test_a_401_has_a_www_authenticate_header(visitor):
    reply = visitor.get(f"{API}/orders")

    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_document_is_redirected_to_its_file(stack, ada):
    order = ada.call("an order", "POST", "/orders", expect=201, body={})
    upload(ada, order["id"], SAMPLE)
    (document,) = ada.call("the order", "GET", f"/orders/{order['id']}", expect=200)["documents"]

    def get_document():
        return ada.session.get(
            f"{stack.base}{API}/documents/{document['id']}",
            headers={"Host": stack.host, **ada.authorization()},
            allow_redirects=False,
            timeout=60,
        )

    deadline = time.monotonic() + 60
    while (
        reply := get_document()
    ).status_code == HTTPStatus.CONFLICT and time.monotonic() < deadline:
        time.sleep(0.5)  # until the bucket's message is processed

    assert (reply.status_code, reply.content) == (302, b"")
    followed = ada.session.get(reply.headers["Location"], timeout=60)
    assert followed.content == SAMPLE.read_bytes()

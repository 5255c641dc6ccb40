from dataclasses import asdict
from http import HTTPStatus

import pytest

from docket.api import api, relying_party
from docket.domain.accounts.passkey import RelyingParty
from docket.runtime import config
from tests.make_calls import Reply, a_request


@pytest.fixture
def party_of(monkeypatch):
    """The relying party of a request to that host, in a stage with these variables; a refusal."""

    def find(host, **variables):
        for name, value in {"DOCKET_SITE_SCHEME": "https", **variables}.items():
            monkeypatch.setenv(name, value)
        config._load.cache_clear()
        app = api(public=True)

        @app.get("/party")
        def get() -> dict[str, str]:
            return asdict(relying_party(app))

        event = a_request("GET", "/party", headers={"x-docket-site": host})
        reply = Reply(app.resolve(event, None))
        return RelyingParty(**reply.json) if reply.status == HTTPStatus.OK else reply.refusal

    yield find
    config._load.cache_clear()


def test_passkeys_are_bound_to_the_host_that_is_called(party_of):
    assert party_of("d1.cloudfront.net") == RelyingParty(
        id="d1.cloudfront.net", origin="https://d1.cloudfront.net"
    )


def test_the_setting_binds_them_to_a_parent_domain(party_of):
    assert party_of("docket.example.com", DOCKET_RELYING_PARTY="example.com") == RelyingParty(
        id="example.com", origin="https://docket.example.com"
    )


def test_a_port_belongs_to_the_origin_only(party_of):
    assert party_of("d1.localhost:4566", DOCKET_SITE_SCHEME="http") == RelyingParty(
        id="d1.localhost", origin="http://d1.localhost:4566"
    )


def test_a_request_without_the_header_of_the_distribution_is_refused(party_of):
    assert party_of("") == (403, "direct_call")

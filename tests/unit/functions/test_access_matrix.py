"""Every endpoint of the table refuses every token that is not of an open session.

A row that is added to `infra.endpoints` is covered without a change here, unless its path has an id
of a new kind: then `ADAS` needs one of Ada's.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from docket.auth import api_keys as auth_keys
from docket.auth import signing_keys
from docket.domain.accounts import api_key
from docket.domain.accounts.api_key import SCOPES, TEST_SCOPES
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.orders.document import document_id
from docket.runtime.clock import new_id, now
from docket.schemas.accounts.api_keys import CreateApiKeyRequest
from docket.schemas.ids import EXAMPLE_FACT_ID
from docket.table import client
from docket.table.accounts import account_access, api_keys, passkeys, sessions, users
from docket.table.documents import sample_orders
from docket.table.orders import events
from functions.auth import authorize
from infra.endpoints import ENDPOINTS
from tests.make import OID, a_read_document, an_event, an_order
from tests.make_calls import DESCRIPTION, a_request, send
from tests.make_people import a_credential, a_mail, a_passkey, a_session, an_api_key
from tests.make_tokens import (
    ADA,
    EVE,
    refresh_token,
    signed_by_rsa,
    signed_by_the_public_key,
    tampered,
    token_of,
    without_signature,
)
from tests.table_state import save

DOCUMENT = a_read_document()
KEY, PASSKEY = an_api_key(), a_passkey()
ADAS = {
    "order_id": OID,
    "document_id": DOCUMENT.id,
    "session_id": ADA.session_id,
    "number": "1",
    "page": "1",
    "fact_id": EXAMPLE_FACT_ID,
    "key_id": KEY.id,
    "passkey_id": PASSKEY.id,
}
"""Ids of what belongs to Ada, by their names in paths."""

PROTECTED = [row for row in ENDPOINTS if not row.public]
FOR_KEYS = [row for row in PROTECTED if row.scope]
FOR_TEST_KEYS = [row for row in PROTECTED if row.test_keys]
WITH_AN_ID = [row for row in PROTECTED if "{" in row.path]


@pytest.fixture(autouse=True)
def signed_in(service, jwt_stage):
    """Ada and Eve are signed in, and Ada has an order with a document."""
    save(an_order(DOCUMENT), DOCUMENT)
    api_keys.create(KEY, a_mail())
    passkeys.add(
        PASSKEY, passkeys.answered(b"challenge", until=now(), used_by="R1"), a_mail(id="M2")
    )
    users.add(a_credential())
    users.add(a_credential("eve@example.com", id="eve"))
    for caller in (ADA, EVE):
        open_session(caller)


def open_session(caller, **fields):
    usual = {
        "verified_at": now(),
        "expires_at": now() + timedelta(days=1),
        "ends_at": now() + timedelta(days=2),
    }
    session = a_session(id=caller.session_id, user_id=caller.user_id, **{**usual, **fields})
    client.write(sessions.put(session))
    return caller


def body_of(row) -> object:
    """A valid body of an operation: the example of its schema."""
    operation = DESCRIPTION["paths"][row.path][row.method.lower()]
    if "requestBody" not in operation:
        return None
    schema: dict[str, Any] = operation["requestBody"]["content"]["application/json"]["schema"]
    while "examples" not in schema:
        choices = schema.get("anyOf") or schema.get("oneOf") or [schema]
        name = choices[0]["$ref"].rpartition("/")[2]
        schema = DESCRIPTION["components"]["schemas"][name]
    return schema["examples"][0]


def ask(row, authorization, **ids):
    """The reply to a request that passed the authorizer."""
    headers = {"authorization": authorization} if authorization else {}
    path = row.path.format_map({**ADAS, **ids})
    event = a_request(row.method, path, body_of(row), headers=headers)
    event["requestContext"]["authorizer"] = {"lambda": authorize.handler(event, None)["context"]}
    return send(row.name, event)


def bearer(token):
    return f"Bearer {token}"


def after(act: Callable[[], object]) -> Callable[[], str]:
    """Ada's token, issued before `act`."""

    def make():
        token = token_of()
        act()
        return token

    return make


def log_out():
    assert ask(row_of("auth/logout"), bearer(token_of())).status == 200


def end_from_another_session():
    other = open_session(Caller(user_id="ada", session_id=new_id()))
    assert ask(row_of("sessions/end"), bearer(token_of(other))).status == 200


def end_all_others():
    other = open_session(Caller(user_id="ada", session_id=new_id()))
    assert ask(row_of("sessions/end_others"), bearer(token_of(other))).status == 200


def disable():
    client.write(account_access.disable_write("ada", at=now()))


def delete_account():
    other = open_session(Caller(user_id="ada", session_id=new_id()))
    assert ask(row_of("account/delete"), bearer(token_of(other))).status == 202


def of_a_session(**fields):
    return token_of(open_session(Caller(user_id="ada", session_id=new_id()), **fields))


def row_of(name):
    return next(row for row in ENDPOINTS if row.name == name)


def new_key(caller=ADA, *scopes, at=None, mode="live"):
    """A new API key, and its text."""
    request = CreateApiKeyRequest(
        name="A program", mode=mode, scopes=[*(scopes or SCOPES)], expires_in_days=1
    )
    session, device = sessions.require_open_session(caller, at=now()), RequestDevice(address="::1")
    return auth_keys.create(session, request, device=device, at=at or now())


def new_test_key(caller=ADA, *scopes, at=None):
    return new_key(caller, *(scopes or TEST_SCOPES), at=at, mode="test")


def revoked_key():
    created = new_key()
    path = {"key_id": created.key.id}
    assert ask(row_of("api_keys/revoke"), bearer(token_of()), **path).status == 200
    return created.text


def key_before(act: Callable[[], object]) -> Callable[[], str]:
    """A key of Ada, created before `act`."""

    def make():
        text = new_key().text
        act()
        return text

    return make


def tampered_key():
    text = new_key().text
    return f"{text[:-1]}{'a' if text[-1] != 'a' else 'b'}"


def end_sessions_and_keys():
    account_access.end_sessions("ada", at=now(), with_keys=True)


BAD_KEYS: dict[str, Callable[[], str]] = {
    "expired key": lambda: new_key(at=now() - timedelta(days=2)).text,
    "revoked key": revoked_key,
    "tampered key": tampered_key,
    "key that was never issued": lambda: api_key.new_text(secrets.choice),
    "test key as a live key": lambda: new_test_key().text.replace("dk_test_", "dk_live_"),
    "stored hash of a key": lambda: f"dk_live_{new_key().key.hash}",
    "key that ended with a reset": key_before(end_sessions_and_keys),
    "key of a disabled account": key_before(disable),
    "key of a deleted account": key_before(delete_account),
    "expired test key": lambda: new_test_key(at=now() - timedelta(days=2)).text,
}

BAD_TOKENS: dict[str, Callable[[], str]] = {
    "expired": lambda: token_of(exp=now() - timedelta(seconds=1)),
    "tampered": tampered,
    "other key": lambda: token_of(key=signing_keys.private_key("x" * 64)),
    "alg none": without_signature,
    "HS256 by the public key": signed_by_the_public_key,
    "RS256": signed_by_rsa,
    "wrong issuer": lambda: token_of(iss="another"),
    "wrong audience": lambda: token_of(aud="another"),
    "wrong type": lambda: token_of(typ="JWT"),
    "refresh token": refresh_token,
    "logged out": after(log_out),
    "ended session": after(end_from_another_session),
    "ended with all others": after(end_all_others),
    "idle session": lambda: of_a_session(expires_at=now() - timedelta(seconds=1)),
    "session at its end": lambda: of_a_session(ends_at=now() - timedelta(seconds=1)),
    "unknown session": lambda: token_of(Caller(user_id="ada", session_id=new_id())),
    "session of another": lambda: token_of(Caller(user_id="ada", session_id=EVE.session_id)),
    "disabled account": after(disable),
    "deleted account": after(delete_account),
    **BAD_KEYS,
}


def answers(authorization, rows=PROTECTED, **ids):
    """The status and the code of each reply; no code for a success."""
    replies = {row.name: ask(row, authorization, **ids) for row in rows}
    return {
        name: reply.refusal if reply.status >= 400 else (reply.status, "")
        for name, reply in replies.items()
    }


@pytest.mark.parametrize("make", BAD_TOKENS.values(), ids=BAD_TOKENS)
def test_every_endpoint_refuses_a_bad_token(make):
    assert set(answers(bearer(make())).values()) == {(401, "not_signed_in")}


@pytest.mark.parametrize("authorization", ["", "Bearer", "Basic YWRhOnBhc3N3b3Jk"])
def test_every_endpoint_refuses_a_request_without_a_token(authorization):
    assert set(answers(authorization).values()) == {(401, "not_signed_in")}


@pytest.mark.parametrize("row", PROTECTED, ids=lambda row: row.name)
def test_every_endpoint_admits_the_token_that_the_others_are_made_from(row):
    reply = ask(row, bearer(token_of()))

    assert reply.status < 400 or reply.json["code"] != "not_signed_in", reply.body


def test_the_things_of_another_customer_are_not_found():
    refusals = answers(bearer(token_of(EVE)), WITH_AN_ID)

    assert {status for status, _ in refusals.values()} == {404}, refusals
    assert {code for _, code in refusals.values()} <= {
        "api_key_not_found",
        "document_not_found",
        "export_not_found",
        "order_not_found",
        "passkey_not_found",
        "session_not_found",
    }


def test_a_key_is_admitted_where_it_has_the_scope():
    created = new_key()
    refusals = answers(bearer(created.text), FOR_KEYS)

    assert not set(refusals.values()) & {(401, "not_signed_in"), (403, "scope_missing")}, refusals
    acts = events.of_order(OID)
    assert acts
    assert {act.facts.get("api_key_id") for act in acts} == {created.key.id}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_without_the_scope_is_refused(scope):
    others = [name for name in SCOPES if name != scope]
    rows = [row for row in FOR_KEYS if row.scope == scope]

    assert set(answers(bearer(new_key(ADA, *others).text), rows).values()) == {
        (403, "scope_missing")
    }


def test_a_key_is_refused_where_only_a_session_is_accepted():
    refusals = answers(bearer(new_key().text), [row for row in PROTECTED if not row.scope])

    assert set(refusals.values()) == {(403, "scope_missing")}


def test_a_key_does_not_find_the_things_of_another_customer():
    rows = [row for row in FOR_KEYS if row in WITH_AN_ID]
    refusals = answers(bearer(new_key(EVE).text), rows)

    assert set(refusals.values()) <= {(404, "document_not_found"), (404, "order_not_found")}


def test_of_the_account_a_key_reads_the_profile_only():
    of_account = [row.name for row in FOR_KEYS if row.path.startswith("/api/v1/auth/")]

    assert of_account == ["account/get"]


def open_sample(user_id="ada"):
    """The sample order of a customer, as ids in paths."""
    order_id = new_id()
    document = a_read_document(id=document_id(order_id, new_id()), user_id=user_id)
    order = an_order(document, id=order_id, user_id=user_id, is_sample=True)
    sample_orders.create_once(order, [document], an_event())
    return {"order_id": order.id, "document_id": document.id}


def for_samples(caller=ADA, *scopes):
    return bearer(new_test_key(caller, *scopes).text)


def test_a_test_key_is_refused_where_the_row_does_not_name_test_keys():
    others = [row for row in PROTECTED if not row.test_keys]
    refusals = answers(for_samples(), others, **open_sample())

    assert set(refusals.values()) == {(403, "scope_missing")}
    assert {"orders/create", "payments/create_intent", "account/get"} <= refusals.keys()


def test_a_test_key_is_admitted_to_the_sample_order():
    refusals = answers(for_samples(), FOR_TEST_KEYS, **open_sample())

    assert {status for status, _ in refusals.values()} & {401, 403} == set(), refusals
    assert {code for _, code in refusals.values()} & {
        "order_not_found",
        "document_not_found",
    } == set()


@pytest.mark.parametrize("open_samples", [lambda: None, open_sample], ids=["no sample", "a sample"])
def test_a_test_key_finds_none_of_the_other_orders_of_its_account(open_samples):
    open_samples()
    rows = [row for row in FOR_TEST_KEYS if row in WITH_AN_ID]

    assert set(answers(for_samples(), rows).values()) == {
        (404, "document_not_found"),
        (404, "order_not_found"),
    }


def test_a_test_key_does_not_find_the_sample_order_of_another_customer():
    open_sample("eve")
    ids = open_sample()
    rows = [row for row in FOR_TEST_KEYS if row in WITH_AN_ID]

    assert {status for status, _ in answers(for_samples(EVE), rows, **ids).values()} == {404}


@pytest.mark.parametrize("scope", TEST_SCOPES)
def test_a_test_key_without_the_scope_is_refused(scope):
    others = [name for name in TEST_SCOPES if name != scope]
    rows = [row for row in FOR_TEST_KEYS if row.scope == scope]

    assert set(answers(for_samples(ADA, *others), rows, **open_sample()).values()) == {
        (403, "scope_missing")
    }


def test_without_an_id_in_its_path_only_two_endpoints_accept_test_keys():
    """They limit themselves to the sample order: no id in the path shows that it is one."""
    names = [row.name for row in FOR_TEST_KEYS if row not in WITH_AN_ID]

    assert names == ["orders/list", "orders/create_sample"]
    assert {row.scope for row in FOR_TEST_KEYS} == {*TEST_SCOPES}

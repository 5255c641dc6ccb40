import base64
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from docket.auth import signing_keys, tokens
from docket.auth.tokens import RefreshToken
from docket.domain.accounts.user import Caller
from docket.domain.errors import NotSignedIn
from docket.gateways import secrets
from docket.runtime.clock import new_id, now

ADA = Caller(user_id=new_id(), session_id=new_id())
KEY = "k" * 64


def a_token(key=KEY, algorithm="EdDSA", head=None, **claims):
    """A valid access token, with changes."""
    at = datetime.now(UTC)
    usual = {
        "iss": "docket",
        "aud": "docket-api",
        "sub": ADA.user_id,
        "sid": ADA.session_id,
        "iat": at,
        "exp": at + timedelta(minutes=15),
    }
    fields = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    head = {"kid": "1", "typ": "at+jwt", **(head or {})}
    signing_key = signing_keys.private_key(key) if algorithm == "EdDSA" else key
    headers = {name: value for name, value in head.items() if value is not None}
    return jwt.encode(fields, signing_key, algorithm=algorithm, headers=headers)


def part(**fields):
    return base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")


def test_an_access_token_names_its_caller(jwt_stage):
    assert tokens.read(tokens.issue(ADA, at=now())) == ADA
    assert tokens.read(a_token()) == ADA


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"exp": datetime(2026, 1, 1, tzinfo=UTC)}, id="expired"),
        pytest.param({"exp": None}, id="no expiry"),
        pytest.param({"iss": "another"}, id="other issuer"),
        pytest.param({"iss": None}, id="no issuer"),
        pytest.param({"aud": "another"}, id="other audience"),
        pytest.param({"aud": ["docket-api", "another"]}, id="several audiences"),
        pytest.param({"aud": None}, id="no audience"),
        pytest.param({"sub": None}, id="no subject"),
        pytest.param({"sid": None}, id="no session"),
        pytest.param({"sid": ["S1"]}, id="session not a string"),
        pytest.param({"key": "x" * 64}, id="other key"),
        pytest.param({"algorithm": "HS512"}, id="signed with the secret itself"),
        pytest.param({"head": {"kid": "2"}}, id="unknown key id"),
        pytest.param({"head": {"kid": None}}, id="no key id"),
        pytest.param({"head": {"typ": "JWT"}}, id="other type"),
    ],
)
def test_a_token_with_a_wrong_claim_is_rejected(jwt_stage, wrong):
    with pytest.raises(NotSignedIn):
        tokens.read(a_token(**wrong))


def test_a_token_with_changed_claims_is_rejected(jwt_stage):
    head, _, signature = a_token().split(".")
    claims = part(iss="docket", aud="docket-api", sub="eve", sid="S1", exp=9999999999)

    with pytest.raises(NotSignedIn):
        tokens.read(f"{head}.{claims}.{signature}")


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER, Encoding.Raw])
def test_the_public_key_is_no_shared_secret(jwt_stage, encoding):
    form = PublicFormat.Raw if encoding is Encoding.Raw else PublicFormat.SubjectPublicKeyInfo
    public = signing_keys.private_key(KEY).public_key().public_bytes(encoding, form)
    _, claims, _ = a_token().split(".")
    head = part(alg="HS256", kid="1", typ="at+jwt")
    signature = hmac.digest(public, f"{head}.{claims}".encode(), "sha256")

    with pytest.raises(NotSignedIn):
        tokens.read(f"{head}.{claims}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}")


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "RS256", "EdDSA"])
def test_a_token_without_a_signature_is_rejected(jwt_stage, algorithm):
    _, claims, _ = a_token().split(".")
    head = part(alg=algorithm, kid="1", typ="at+jwt")

    with pytest.raises(NotSignedIn):
        tokens.read(f"{head}.{claims}.")


@pytest.mark.parametrize(
    "text", ["", "a", "a.b", "a.b.c", "....", "é.é.é", "\ud800", "\0", "x" * 9000]
)
def test_a_malformed_token_is_rejected(jwt_stage, text):
    with pytest.raises(NotSignedIn):
        tokens.read(text)


def test_tokens_of_the_previous_key_are_accepted(jwt_stage):
    old = tokens.issue(ADA, at=now())
    jwt_stage.put(kid="2", key="n" * 64, previous_kid="1", previous_key=KEY)
    secrets._cache.clear()

    assert tokens.read(old) == ADA
    new = tokens.issue(ADA, at=now())
    assert jwt.get_unverified_header(new)["kid"] == "2"
    assert tokens.read(new) == ADA

    jwt_stage.put(kid="2", key="n" * 64)
    secrets._cache.clear()
    with pytest.raises(NotSignedIn):
        tokens.read(old)


def test_a_token_of_a_newer_key_reloads_the_secret(jwt_stage, monkeypatch):
    tokens.read(a_token())
    jwt_stage.put(kid="2", key="n" * 64)
    monkeypatch.setattr(tokens, "REFETCH_SECONDS", 0)

    assert tokens.read(a_token(key="n" * 64, head={"kid": "2"})) == ADA


def test_tokens_of_unknown_keys_reload_the_secret_once(jwt_stage, monkeypatch):
    requests = []
    client = secrets._client()
    real = client.get_secret_value

    def record(**fields):
        requests.append(fields)
        return real(**fields)

    monkeypatch.setattr(client, "get_secret_value", record)

    for number in range(5):
        with pytest.raises(NotSignedIn):
            tokens.read(a_token(head={"kid": f"unknown {number}"}))

    assert len(requests) == 1


def test_a_refresh_token_is_unique_and_can_be_parsed(jwt_stage):
    token = RefreshToken.new(ADA)

    assert RefreshToken.parse(str(token)) == token
    assert token.caller == ADA
    assert RefreshToken.new(ADA).hash != token.hash
    assert token.secret not in token.hash


def test_a_refresh_token_has_one_successor_of_the_same_session(jwt_stage):
    token = RefreshToken.new(ADA)
    successor = token.successor()

    assert token.successor() == successor
    assert next(token.successors()) == successor
    assert successor.caller == ADA
    assert RefreshToken.parse(str(successor)) == successor
    assert len({token.secret, successor.secret, successor.successor().secret}) == 3


def rotate_key(jwt_stage, **fields):
    jwt_stage.put(**fields)
    secrets._cache.clear()


def test_a_successor_cannot_be_computed_without_the_key(jwt_stage):
    token = RefreshToken.new(ADA)
    successor = token.successor()

    rotate_key(jwt_stage, kid="1", key="x" * 64)

    assert successor not in {token.successor(), *token.successors()}


def test_a_successor_of_the_previous_key_is_found(jwt_stage):
    token = RefreshToken.new(ADA)
    successor = token.successor()
    rotate_key(jwt_stage, kid="2", key="n" * 64, previous_kid="1", previous_key=KEY)

    assert token.successor() != successor
    assert successor in set(token.successors())
    assert token.was_issued()


def test_a_successor_of_a_newer_key_is_found(jwt_stage, monkeypatch):
    token = RefreshToken.new(ADA)
    jwt_stage.put(kid="2", key="n" * 64)
    monkeypatch.setattr(tokens, "REFETCH_SECONDS", 0)
    *_, newest = token.successors()

    secrets._cache.clear()
    assert token.successor() == newest


def test_only_an_unchanged_token_was_issued(jwt_stage):
    token = RefreshToken.new(ADA)
    assert token.was_issued()
    assert token.successor().was_issued()

    other = new_id()
    for forged in (
        replace(token, secret=token_urlsafe(32)),
        replace(token, secret=token.secret[:22] + token_urlsafe(32)[:21]),
        replace(token, secret=token.secret[::-1]),
        replace(token, session_id=other),
        replace(token, user_id=other),
        replace(token, secret="_" * 43),
        replace(token, secret="-" * 43),
    ):
        assert not forged.was_issued()

    rotate_key(jwt_stage, kid="1", key="x" * 64)
    assert not token.was_issued()


@pytest.mark.parametrize(
    "text",
    ["", "a.b.c", "01JD000000000000000000000A.01JD000000000000000000000B.", "x" * 5000, "\0"],
)
def test_a_malformed_refresh_token_is_rejected(text):
    with pytest.raises(NotSignedIn):
        RefreshToken.parse(text)

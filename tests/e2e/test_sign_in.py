"""Registering, signing in and out, through the deployed stack, for both identities."""

import base64
import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import boto3
import pytest

from local.emulator import CREDENTIALS
from tests.e2e.conftest import Visitor

PASSWORD = "seven purple bicycles"


class Customer:
    """Somebody with an address of their own, and whatever they were given last."""

    def __init__(self, endpoints):
        self.endpoints = endpoints
        self.visitor = Visitor(endpoints)
        self.email = f"{secrets.token_hex(6)}@example.com"
        self.token = self.cookie = None

    def call(self, method, path, body=None, headers=None, *, token=None):
        token = token or self.token
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if self.cookie:
            headers["Cookie"] = f"docket_refresh={self.cookie}"
        self.visitor.session.cookies.clear()
        reply = self.visitor.call(method, f"/api/v1/auth/{path}", json=body, headers=headers)
        if "set-cookie" in reply.headers:
            self.cookie = SimpleCookie(reply.headers["set-cookie"])["docket_refresh"].value or None
        return reply

    def register(self, **fields):
        body = {"email": self.email, "password": PASSWORD, "full_name": "Ada", **fields}
        return self.call("POST", "register", body)

    def login(self, password=PASSWORD):
        reply = self.call("POST", "login", {"email": self.email.upper(), "password": password})
        if reply.status_code == 200:
            self.token = reply.json()["access_token"]
        return reply


@pytest.fixture
def ours(stack):
    customer = Customer(stack)
    yield customer
    customer.visitor.session.close()


@pytest.fixture(params=["stack", "cognito_stack"])
def customer(request):
    customer = Customer(request.getfixturevalue(request.param))
    yield customer
    customer.visitor.session.close()


def signed_by_nobody(token, **claims):
    """The same token with `alg: none`, and other claims."""
    head, payload, _ = token.split(".")

    def changed(part, **more):
        fields = json.loads(base64.urlsafe_b64decode(part + "=="))
        return (
            base64.urlsafe_b64encode(json.dumps({**fields, **more}).encode()).decode().rstrip("=")
        )

    return f"{changed(head, alg='none')}.{changed(payload, **claims)}."


def test_a_customer_registers_signs_in_changes_their_name_stays_and_leaves(customer):
    registered = customer.register()
    assert registered.status_code == 201, registered.text
    user = registered.json()["user"]

    assert customer.login().json()["user"] == user
    assert customer.call("GET", "me").json() == user
    renamed = customer.call("PATCH", "me", {"full_name": "Ada Lovelace"})
    assert renamed.json() == {**user, "full_name": "Ada Lovelace"}
    renewed = customer.call("POST", "refresh")
    assert renewed.status_code == 200, renewed.text
    assert renewed.json()["user"] == renamed.json()
    customer.token = renewed.json()["access_token"]
    last = customer.cookie
    assert customer.call("POST", "logout").status_code == 200

    assert customer.cookie is None
    customer.cookie = last
    assert customer.call("POST", "refresh").status_code == 401


def test_a_session_that_was_left_counts_no_more_at_once(ours):
    ours.register()
    ours.login()
    ours.call("POST", "logout")

    reply = ours.call("GET", "me")

    assert reply.status_code == 401
    assert reply.json()["code"] == "not_signed_in"


def test_an_address_is_taken_once_however_it_is_written(customer):
    customer.register()

    again = customer.register(email=customer.email.upper())

    assert (again.status_code, again.json()["code"]) == (409, "email_taken")


def test_of_many_who_register_an_address_at_once_one_gets_it(customer):
    others = [Customer(customer.endpoints) for _ in range(4)]

    def register(number):
        others[number].email = customer.email
        return others[number].register(password=f"{PASSWORD} {number}").status_code

    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(register, range(4)))

    assert sorted(statuses) == [201, 409, 409, 409]
    winner = statuses.index(201)
    assert customer.login(f"{PASSWORD} {winner}").status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(customer):
    customer.register()

    wrong = customer.login("another password")
    customer.email = f"{secrets.token_hex(6)}@example.com"
    unknown = customer.login()

    for reply in (wrong, unknown):
        assert reply.status_code == 401
        assert reply.json()["error"] == "Invalid email or password"


def test_without_a_token_the_refusal_has_the_shape_of_every_other(ours):
    for path in ("auth/me", "orders"):
        reply = ours.visitor.get(f"/api/v1/{path}")

        assert reply.status_code == 401
        assert reply.json() == {
            "error": "Please sign in.",
            "code": "not_signed_in",
            "params": {},
            "request_id": reply.headers["x-request-id"],
        }


def test_a_token_that_was_changed_or_signed_by_nobody_is_nobodys(customer):
    customer.register()
    customer.login()
    head, payload, signature = customer.token.split(".")
    flipped = signature[:-5] + ("A" if signature[-5] != "A" else "B") + signature[-4:]

    for forged in (
        f"{head}.{payload}.{flipped}",
        f"{head}.{payload}.",
        signed_by_nobody(customer.token),
        signed_by_nobody(customer.token, exp=9999999999),
        "nonsense",
    ):
        assert customer.call("GET", "me", token=forged).status_code == 401
    assert customer.call("GET", "me").status_code == 200


def refreshed_an_hour_ago(stack, refresh_token):
    """Let the last refresh of a session have been an hour ago."""
    user_id, session_id, _ = refresh_token.split(".")
    dynamodb = boto3.client("dynamodb", endpoint_url=stack.emulator, **owner())
    (table,) = dynamodb.list_tables()["TableNames"]
    dynamodb.update_item(
        TableName=table,
        Key={"PK": {"S": f"USER#{user_id}"}, "SK": {"S": f"SESSION#{session_id}"}},
        UpdateExpression="SET used_at = :then",
        ExpressionAttributeValues={
            ":then": {"S": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}
        },
    )


def test_a_refresh_that_is_repeated_at_once_gets_the_same_successor(ours):
    ours.register()
    ours.login()
    first = ours.cookie
    ours.call("POST", "refresh")
    second = ours.cookie

    ours.cookie = first
    assert ours.call("POST", "refresh").status_code == 200

    assert ours.cookie == second
    assert ours.call("POST", "refresh").status_code == 200


def test_a_refresh_token_used_again_later_ends_the_session_for_both_who_have_it(ours, stack):
    ours.register()
    ours.login()
    first = ours.cookie
    token = ours.call("POST", "refresh").json()["access_token"]
    second = ours.cookie
    refreshed_an_hour_ago(stack, first)

    ours.cookie = first
    assert ours.call("POST", "refresh").status_code == 401
    ours.cookie = second
    assert ours.call("POST", "refresh").status_code == 401
    assert ours.call("GET", "me", token=token).status_code == 401


def test_one_who_guesses_is_told_to_wait_whatever_address_they_claim_to_come_from(ours, stack):
    ours.register()
    gateway = boto3.client("apigatewayv2", endpoint_url=stack.emulator, **owner())
    (api,) = gateway.get_apis()["Items"]
    past_the_distribution = f"/_aws/execute-api/{api['ApiId']}/$default/api/v1/auth/login"

    replies = [
        ours.visitor.post(
            past_the_distribution,
            json={"email": ours.email, "password": "guess"},
            headers={
                "Host": stack.base.removeprefix("http://"),
                "x-docket-viewer": f"198.51.100.{number}",
                "x-docket-edge": "guess",
            },
        )
        for number in range(12)
    ]

    assert [reply.status_code for reply in replies] == [401] * 10 + [429] * 2
    assert 0 < int(replies[-1].headers["Retry-After"]) <= 600


def owner():
    return {
        "aws_access_key_id": CREDENTIALS["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        "region_name": CREDENTIALS["AWS_REGION"],
    }

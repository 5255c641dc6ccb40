"""Registration, login, refresh and logout on the deployed stack, with each identity provider."""

import base64
import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import boto3
import pyotp
import pytest
import requests

from docket.auth.tokens import RefreshToken
from docket.domain import rate_limits
from docket.runtime.clock import now
from local.demo import until
from local.emulator import CREDENTIALS
from tests.e2e.conftest import Visitor
from tests.soft_authenticator import SoftAuthenticator

PASSWORD = "seven purple bicycles"
MAILING_SECONDS = 60


class Customer:
    """A customer with an address, and the latest access token and cookie."""

    def __init__(self, endpoints):
        self.endpoints = endpoints
        self.visitor = Visitor(endpoints)
        self.email = f"Ada.{secrets.token_hex(6)}@example.com"
        self.token = self.cookie = None

    def call(self, method, path, body=None, headers=None, *, token=None):
        token = token or self.token
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if self.cookie:
            headers["Cookie"] = f"__Host-docket_refresh={self.cookie}"
        self.visitor.session.cookies.clear()
        reply = self.visitor.call(method, f"/api/v1/auth/{path}", json=body, headers=headers)
        for header in reply.raw.headers.getlist("set-cookie"):
            if "__Host-docket_refresh" in (cookie := SimpleCookie(header)):
                self.cookie = cookie["__Host-docket_refresh"].value or None
        return reply

    def register(self, **fields):
        body = {"email": self.email, "password": PASSWORD, "full_name": "Ada", **fields}
        return self.call("POST", "register", body)

    def login(self, password=PASSWORD):
        reply = self.call("POST", "login", {"email": self.email.upper(), "password": password})
        if reply.status_code == 200:
            self.token = reply.json()["access_token"]
        return reply

    def login_step(self):
        """The token of the first of two steps."""
        body = {"email": self.email, "password": PASSWORD}
        return self.call("POST", "login", body).json()["mfa_token"]


@pytest.fixture
def customer(each_stack):
    customer = Customer(each_stack)
    yield customer
    customer.visitor.session.close()


def without_signature(token, **claims):
    """The same token with `alg: none` and changed claims."""
    head, payload, _ = token.split(".")

    def encode(part, **changes):
        fields = json.loads(base64.urlsafe_b64decode(part + "=="))
        return (
            base64.urlsafe_b64encode(json.dumps({**fields, **changes}).encode())
            .decode()
            .rstrip("=")
        )

    return f"{encode(head, alg='none')}.{encode(payload, **claims)}."


def test_a_customer_registers_logs_in_refreshes_and_logs_out(customer):
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
    last_cookie = customer.cookie
    assert customer.call("POST", "logout").status_code == 200

    assert customer.cookie is None
    customer.cookie = last_cookie
    assert customer.call("POST", "refresh").status_code == 401


def test_an_address_is_shown_and_mailed_as_it_was_typed(customer):
    def mailed():
        reply = requests.get(customer.endpoints.mail, timeout=60)
        (mails,) = reply.json()["messages"].values() or [[]]
        return {"to": [address for mail in mails for address in mail["To"]]}

    customer.register()
    assert customer.login().json()["user"]["email"] == customer.email

    customer.call("POST", "forgot-password", {"email": customer.email.lower()})

    until("mailing", mailed, lambda seen: customer.email in seen["to"], MAILING_SECONDS)


def test_logout_ends_a_session_at_once(customer):
    customer.register()
    customer.login()
    customer.call("POST", "logout")

    reply = customer.call("GET", "me")

    assert reply.status_code == 401
    assert reply.json()["code"] == "not_signed_in"


def test_a_passkey_is_added_renamed_and_logs_in(customer):
    customer.register()
    customer.login()
    domain = customer.endpoints.host.partition(":")[0]
    device = SoftAuthenticator(origin=customer.endpoints.site, relying_party=domain)
    options = customer.call("POST", "passkeys/options").json()
    added = customer.call("POST", "passkeys", device.make(options)).json()
    renamed = customer.call("PATCH", f"passkeys/{added['id']}", {"name": "Old laptop"}).json()
    assert customer.call("GET", "passkeys").json() == [renamed] != [added]
    customer.token = customer.cookie = None
    challenge = customer.call("POST", "login/passkey/options").json()["challenge"]

    reply = customer.call("POST", "login/passkey", device.sign(challenge))

    assert reply.status_code == 200, reply.text
    assert reply.json()["user"]["email"] == customer.email
    assert customer.cookie


def test_a_login_needs_a_code_of_the_second_factor(customer):
    customer.register()
    customer.login()
    app = pyotp.TOTP(customer.call("POST", "mfa/totp").json()["secret"])
    codes = customer.call("POST", "mfa/totp/confirm", {"code": app.now()}).json()
    customer.token = None
    step = {"mfa_token": customer.login_step(), "code": codes["recovery_codes"][0]}

    assert customer.call("POST", "login/mfa", step).json()["user"]["second_factor"] is True
    assert customer.call("POST", "login/mfa", step).json()["code"] == "wrong_code"


def test_a_deleted_account_lets_nobody_in(customer):
    customer.register()
    customer.login()

    assert customer.call("DELETE", "me").status_code == 202
    assert customer.call("GET", "me").status_code == 401
    customer.token = None
    # In a user pool the account is there for a minute; in the table its address is free at once.
    assert customer.login().json()["code"] in {"wrong_credentials", "account_disabled"}


def test_an_address_is_registered_once_in_any_case(customer):
    customer.register()

    repeated = customer.register(email=customer.email.upper())

    assert (repeated.status_code, repeated.json()["code"]) == (409, "email_taken")


def test_one_of_several_concurrent_registrations_succeeds(customer):
    others = [Customer(customer.endpoints) for _ in range(4)]

    def register(number):
        others[number].email = customer.email
        return others[number].register(password=f"{PASSWORD} {number}").status_code

    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(register, range(4)))

    assert sorted(statuses) == [201, 409, 409, 409]
    winner = statuses.index(201)
    assert customer.login(f"{PASSWORD} {winner}").status_code == 200


def test_a_wrong_password_and_an_unknown_address_have_the_same_reply(customer):
    customer.register()

    wrong = customer.login("another password")
    customer.email = f"{secrets.token_hex(6)}@example.com"
    unknown = customer.login()

    for reply in (wrong, unknown):
        assert reply.status_code == 401
        assert reply.json()["error"] == "Invalid email or password"


def test_without_a_token_the_error_has_the_usual_body(customer):
    for path in ("auth/me", "orders"):
        reply = customer.visitor.get(f"/api/v1/{path}")

        assert reply.status_code == 401
        assert reply.json() == {
            "error": "Please sign in.",
            "code": "not_signed_in",
            "params": {},
            "request_id": reply.headers["x-request-id"],
        }


def test_a_changed_or_unsigned_token_is_rejected(customer):
    customer.register()
    customer.login()
    head, payload, signature = customer.token.split(".")
    flipped = signature[:-5] + ("A" if signature[-5] != "A" else "B") + signature[-4:]

    for forged in (
        f"{head}.{payload}.{flipped}",
        f"{head}.{payload}.",
        without_signature(customer.token),
        without_signature(customer.token, exp=9999999999),
        "nonsense",
    ):
        assert customer.call("GET", "me", token=forged).status_code == 401
    assert customer.call("GET", "me").status_code == 200


def set_last_refresh_an_hour_ago(stack, refresh_token):
    """Set the last refresh of a session, which replaced one token, to an hour ago."""
    user_id, session_id, _ = refresh_token.split(".")
    dynamodb = boto3.client("dynamodb", endpoint_url=stack.emulator, **owner())
    (table,) = dynamodb.list_tables()["TableNames"]
    dynamodb.update_item(
        TableName=table,
        Key={"PK": {"S": f"SESSION#{user_id}"}, "SK": {"S": session_id}},
        UpdateExpression="SET used_at = :then, replaced.#token = :then",
        ExpressionAttributeNames={"#token": RefreshToken.parse(refresh_token).hash},
        ExpressionAttributeValues={
            ":then": {"S": (datetime.now(UTC) - timedelta(hours=1)).isoformat()}
        },
    )


def test_a_repeated_refresh_gets_the_same_successor(customer):
    customer.register()
    customer.login()
    first = customer.cookie
    customer.call("POST", "refresh")
    second = customer.cookie

    customer.cookie = first
    assert customer.call("POST", "refresh").status_code == 200

    assert customer.cookie == second
    assert customer.call("POST", "refresh").status_code == 200


def test_a_refresh_token_reused_later_ends_the_session(customer):
    customer.register()
    customer.login()
    first = customer.cookie
    token = customer.call("POST", "refresh").json()["access_token"]
    second = customer.cookie
    set_last_refresh_an_hour_ago(customer.endpoints, first)

    customer.cookie = first
    assert customer.call("POST", "refresh").status_code == 401
    customer.cookie = second
    assert customer.call("POST", "refresh").status_code == 401
    assert customer.call("GET", "me", token=token).status_code == 401


def test_only_open_endpoints_respond_at_the_apis_own_address(customer):
    stack = customer.endpoints
    gateway = boto3.client("apigatewayv2", endpoint_url=stack.emulator, **owner())
    (api,) = gateway.get_apis()["Items"]

    refused, answered = (
        customer.visitor.get(
            f"/_aws/execute-api/{api['ApiId']}/$default/api/v1/{name}",
            headers={"Host": stack.base.removeprefix("http://"), "x-docket-edge": "guess"},
        )
        for name in ("openapi.json", "health")
    )

    assert (refused.status_code, refused.json()["code"]) == (403, "direct_call")
    assert answered.status_code == 200


def test_guesses_are_limited_whatever_address_they_claim(customer):
    window = None
    while window != rate_limits.window(now()):  # the guesses must be counted together
        window = rate_limits.window(now())
        customer.email = f"{secrets.token_hex(6)}@example.com"
        customer.register()
        replies = [
            customer.visitor.post(
                "/api/v1/auth/login",
                json={"email": customer.email, "password": "guess"},
                headers={"x-docket-viewer": f"198.51.100.{number}", "x-docket-edge": "guess"},
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

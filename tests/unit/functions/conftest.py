import json
import re
from datetime import timedelta

import pyotp
import pytest
from hypothesis import HealthCheck, settings

from docket.auth import accounts, known_devices
from docket.domain.accounts.user import RequestDevice
from docket.domain.errors import TableUnavailable
from docket.gateways import cognito
from docket.runtime import clock, config
from docket.table import client, keys
from docket.table.accounts.pool import pool_profiles
from docket.table.client import Update
from functions.account import change_email, change_password
from functions.auth import (
    authorize,
    forgot_password,
    login,
    login_mfa,
    login_passkey,
    login_passkey_options,
    reauthenticate,
    register,
)
from functions.events import dispatch, send_mail, settle_debt
from functions.passkeys import add as add_passkey
from functions.passkeys import options as passkey_options
from functions.second_factor import begin_totp, confirm_totp, remove_totp
from tests.make_calls import Reply, a_request, require_documented
from tests.soft_authenticator import SoftAuthenticator

PASSWORD = "seven purple bicycles"
ADA = "ada@example.com"
NEW_ADDRESS = "Lovelace@example.com"

WITH_EACH_IDENTITY = pytest.mark.parametrize(
    "identity_provider", ["jwt_stage", "pool"], indirect=True
)

ARBITRARY_TEXT = settings(
    max_examples=30,
    deadline=None,  # pytest imports this file before it loads the profile
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
"""Settings of a property test with arbitrary texts; its examples share one table."""


@pytest.fixture
def jwt_unless_parametrized(request):
    """`identity_provider` of a module: accounts in the table, but where a test names another.

    A module assigns it to that name; `WITH_EACH_IDENTITY` runs one of its tests with each provider.
    """
    request.getfixturevalue(getattr(request, "param", "jwt_stage"))


class AuthReply(Reply):
    def cookie(self, name):
        (value,) = [cookie for cookie in self.cookies if cookie.startswith(f"{name}=")]
        return value.partition("=")[2].partition(";")[0]

    @property
    def refresh_token(self):
        return self.cookie("__Host-docket_refresh")

    @property
    def device_token(self):
        return self.cookie("__Host-docket_device")


@pytest.fixture
def call():
    """Call a function as the gateway does: `call(module, "POST", "login", {...})`."""

    def call_function(module, method, name, body=None, **fields):
        event = a_request(method, f"/api/v1/auth/{name}", body, **fields)
        reply = AuthReply(module.handler(event, None))
        require_documented(
            module.__name__.removeprefix("functions.").replace(".", "/"), event, reply
        )
        return reply

    return call_function


@pytest.fixture
def through_distribution():
    """The header that the distribution adds for a viewer."""
    return lambda viewer: {"x-docket-viewer": viewer}


@pytest.fixture
def ada(call, identity_provider):
    """The login request of a registered user."""
    body = {"email": "ada@example.com", "password": PASSWORD}
    assert call(register, "POST", "register", {**body, "full_name": "Ada"}).status == 201
    return body


@pytest.fixture
def verifying(monkeypatch, mailbox, identity_provider):
    """A stage whose customers verify their address before they pay."""
    monkeypatch.setenv("DOCKET_VERIFICATION", "before_payment")
    config._load.cache_clear()


@pytest.fixture
def inbox(mailbox, queues):
    """Send what is owed, and return it: the address, the subject and the token of each mail."""

    def receive():
        send_mail.handler({"Records": queues["mail"].deliver()}, Context())
        return [(to, subject, _token(body)) for to, subject, body in mailbox.receive()]

    return receive


@pytest.fixture
def scan():
    """Open a link as a mail scanner does: no request of it has a body."""

    def request(module, name, token):
        for method in ("GET", "HEAD", "OPTIONS"):
            path = f"/api/v1/auth/{name}"
            event = a_request(method, path, query={"token": token}, headers={"x-token": token})
            assert module.handler(event, None)["statusCode"] >= 400

    return request


def _token(body):
    found = re.search(r'href="[^"]*#([\w-]+)"', body)
    return found[1] if found else None


class Context:
    def get_remaining_time_in_millis(self):
        return 60_000


@pytest.fixture
def minute(queues, service, monkeypatch):
    """Let time pass, and run the dispatcher and the workers of housekeeping and money."""
    real, passed = clock.now, [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: real() + passed[0])

    def minute(after):
        passed[0] += timedelta(minutes=after)
        dispatch.handler({}, None)
        for debt_class in ("money", "housekeeping"):
            if records := queues[debt_class].deliver():
                reply = settle_debt.handler({"Records": records}, Context())
                assert reply == {"batchItemFailures": []}

    return minute


@pytest.fixture(autouse=True)
def counted_together(new_window):
    """What a test tries is counted in one window."""


@pytest.fixture
def later(monkeypatch):
    """Let a function run at another time: `later(module, minutes=31)`."""

    def set_clock(module, **duration):
        at = clock.now() + timedelta(**duration)
        monkeypatch.setattr(module, "now", lambda: at)

    return set_clock


@pytest.fixture
def sign_in(call, through_distribution):
    """Log in and return the caller as the authorizer passes it on; None if it was refused."""

    def log_in(password=PASSWORD, email="ada@example.com"):
        reply = call(login, "POST", "login", {"email": email, "password": password})
        if reply.status != 200:
            return None
        return authorized(reply.json["access_token"])

    return log_in


def authorized(access_token):
    """What the authorizer passes on for a token; empty if its session is over."""
    event = {"headers": {"authorization": f"Bearer {access_token}"}}
    return authorize.handler(event, None)["context"] | {"token": access_token}


def uses_link(writes):
    """Whether a transaction uses a mailed link up."""
    return any(isinstance(part, Update) and part.key["PK"].startswith("LINK#") for part in writes)


@pytest.fixture
def fail_use_of_link(monkeypatch):
    """Let the table fail once, when a transaction uses a mailed link up."""

    def begin():
        write = client.write

        def fail(*writes):
            if not uses_link(writes):
                return write(*writes)
            monkeypatch.setattr(client, "write", write)
            raise TableUnavailable

        monkeypatch.setattr(client, "write", fail)

    return begin


@pytest.fixture
def session(ada, mailbox, sign_in):
    return sign_in()


@pytest.fixture
def verified(session):
    """Ada's address is verified."""
    if config.read(config.Identity).identity_provider == "cognito":
        user = accounts().find_by_address(ADA)
        assert user
        client.write(pool_profiles.verify_write(user))
        cognito.verify_address(user)
        return
    for key in (keys.credential(ADA), keys.user(session["user_id"])):
        client.update(
            Update(key=key, condition="attribute_exists(PK)", set={("email_verified",): True})
        )


@pytest.fixture
def change(call, session, inbox):
    """Ask for a change, and return the mailed tokens by address."""

    def ask(email=NEW_ADDRESS):
        reply = call(change_email, "POST", "change-email", {"email": email}, caller=session)
        assert reply.status == 202
        return {to: token for to, _, token in inbox()}

    return ask


@pytest.fixture
def forget(call, ada, inbox):
    """Ask for a link, and return the tokens that are mailed."""

    def ask(email=ADA, **fields):
        reply = call(forgot_password, "POST", "forgot-password", {"email": email}, **fields)
        assert reply.status == 202
        return [token for *_, token in inbox()]

    return ask


@pytest.fixture
def knows():
    """Whether Ada's account knows the device with that token."""

    def is_known(token):
        device = RequestDevice(address="203.0.113.7", token=token)
        return known_devices.is_known(accounts().find_by_address(ADA), device, at=clock.now())

    return is_known


@pytest.fixture
def clock_at(monkeypatch):
    """Move the clock of the functions: a code of an app is valid once, and for half a minute."""
    base = clock.now()

    def move(seconds):
        at = base + timedelta(seconds=seconds)
        for module in (
            begin_totp,
            change_password,
            confirm_totp,
            login,
            login_mfa,
            reauthenticate,
            remove_totp,
        ):
            monkeypatch.setattr(module, "now", lambda: at)
        return at

    move(0)
    return move


class App:
    """An authenticator app, and the recovery codes that its owner has written down."""

    def __init__(self, secret, clock_at):
        self.totp, self._move, self._seconds = pyotp.TOTP(secret), clock_at, 0
        self.recovery_codes = []

    def next_code(self, seconds=30):
        self._seconds += seconds
        return self.totp.at(int(self._move(self._seconds).timestamp()))


@pytest.fixture
def begin_factor(call, session):
    return lambda: call(begin_totp, "POST", "mfa/totp", caller=session)


@pytest.fixture
def confirm_factor(call, session):
    return lambda code, **fields: call(
        confirm_totp, "POST", "mfa/totp/confirm", {"code": code}, caller=session, **fields
    )


@pytest.fixture
def authenticator(begin_factor, confirm_factor, clock_at):
    """The app of Ada, whose account has a second factor."""
    app = App(begin_factor().json["secret"], clock_at)
    reply = confirm_factor(app.next_code())
    assert reply.status == 200
    app.recovery_codes = reply.json["recovery_codes"]
    return app


@pytest.fixture
def logged_tries(log_stream):
    """Each try to sign in as it is logged: the result, the account and the factor."""

    def read():
        lines = [line for line in log_stream.getvalue().splitlines() if line.startswith("{")]
        entries = [json.loads(line) for line in lines]
        return [
            (entry["message"].removeprefix("login "), entry.get("user_id"), entry["factor"])
            for entry in entries
            if entry["message"].startswith("login ")
        ]

    return read


@pytest.fixture
def first_step(call, ada):
    def send(**fields):
        reply = call(login, "POST", "login", {"email": ADA, "password": PASSWORD}, **fields)
        assert reply.json.keys() == {"mfa_required", "mfa_token", "expires_in"}
        assert not reply.cookies
        return reply.json["mfa_token"]

    return send


@pytest.fixture
def second_step(call):
    return lambda token, code, **fields: call(
        login_mfa, "POST", "login/mfa", {"mfa_token": token, "code": code}, **fields
    )


@pytest.fixture
def add_device(call, session):
    """Add the passkey of a device to Ada's account, and return the reply."""

    def add(device, **fields):
        options = call(passkey_options, "POST", "passkeys/options", caller=session).json
        body = device.make(options) | fields
        return call(add_passkey, "POST", "passkeys", body, caller=session)

    return add


@pytest.fixture
def laptop(add_device):
    """A device with a passkey of Ada's."""
    device = SoftAuthenticator()
    assert add_device(device).status == 201
    return device


@pytest.fixture
def challenge(call):
    """A challenge for whoever has a passkey."""
    return lambda: call(login_passkey_options, "POST", "login/passkey/options").json["challenge"]


@pytest.fixture
def log_in_by(call, challenge):
    """Log in by the passkey of a device, and return the reply."""

    def log_in(device, *, answer=(), **fields):
        body = device.sign(challenge()) | dict(answer)
        return call(login_passkey, "POST", "login/passkey", body, **fields)

    return log_in

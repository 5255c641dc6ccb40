"""Passkeys in a browser on the deployed site, with Chromium's virtual authenticator."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from docket.domain import rate_limits
from local.stack import Endpoints
from tests.e2e.axe import violations_by_scheme
from tests.e2e.conftest import IDENTITY
from tests.e2e.test_site_journey import Person

# pytest-base-url, which pytest-playwright brings along, does not know pytest 9.2 yet.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Session-scoped fixtures defined as instance methods"
)

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A computer whose owner confirms everything by a fingerprint."""


LOGIN_OF_A_STRANGER = """async (body) => {
    const init = {method: "POST", headers: {"content-type": "application/json"}};
    const reply = await fetch("/api/v1/auth/login", {
        ...init, credentials: "omit", body: JSON.stringify(body),
    });
    return reply.status;
}"""
"""Without the cookie of the device, which an owner's attempts are counted by."""


class Owner(Person):
    """A customer whose browser has a device for passkeys."""

    def __init__(self, browser: Browser, endpoints: Endpoints) -> None:
        super().__init__(browser, endpoints)
        self._devtools = self.context.new_cdp_session(self.page)
        self._devtools.send("WebAuthn.enable")
        added = self._devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self._device = {"authenticatorId": added["authenticatorId"]}

    def verify(self, *, succeeds: bool) -> None:
        """Let the device recognise its owner, or not."""
        fields = {**self._device, "isUserVerified": succeeds}
        self._devtools.send("WebAuthn.setUserVerified", fields)

    def passkeys(self) -> list[dict[str, Any]]:
        """What the device has stored."""
        found = self._devtools.send("WebAuthn.getCredentials", self._device)
        return list(found["credentials"])

    def add_passkey(self, name: str) -> None:
        self.page.goto("/account")
        self.page.get_by_role("button", name="Add a passkey").click()
        self.page.get_by_role("dialog").get_by_label("Name").fill(name)
        self.page.get_by_role("dialog").get_by_role("button", name="Go on").click()
        expect(self.page.get_by_text(f"The passkey “{name}” is added.")).to_be_visible()

    def rename_passkey(self, name: str, new_name: str) -> None:
        """On the page of the account."""
        self.page.get_by_role("button", name=f"Rename the passkey {name}").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name").fill(new_name)
        dialog.get_by_role("button", name="Save").click()
        expect(self.page.get_by_text(f"The passkey is called “{new_name}” now.")).to_be_visible()

    def log_out(self) -> None:
        self.page.goto("/account")
        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible()

    def log_in_by_passkey(self) -> None:
        self.page.get_by_role("button", name="Sign in with a passkey").click()

    def expect_signed_in(self) -> None:
        """A login returns to the page that the customer has left."""
        expect(self.page.get_by_role("heading", name="Account", exact=True)).to_be_visible()


@pytest.fixture
def owner(browser: Browser, stack: Endpoints) -> Iterator[Owner]:
    """A customer who is signed in by the password, and has added a passkey."""
    person = Owner(browser, stack)
    person.register()
    person.login()
    person.add_passkey("Laptop")
    yield person
    person.context.close()


def test_a_passkey_signs_in_until_it_is_removed(owner: Owner) -> None:
    (stored,) = owner.passkeys()
    assert stored["isResidentCredential"]
    assert stored["userName"] == owner.email
    owner.log_out()

    owner.log_in_by_passkey()
    owner.expect_signed_in()

    owner.page.goto("/account")
    owner.rename_passkey("Laptop", "Old laptop")
    row = owner.page.get_by_role("listitem").filter(has_text="Old laptop")
    expect(row.get_by_text("Last used")).to_be_visible()
    assert violations_by_scheme(owner.page) == {"light": [], "dark": []}
    row.get_by_role("button", name="Remove the passkey Old laptop").click()
    expect(owner.page.get_by_text("The passkey “Old laptop” is removed")).to_be_visible()
    owner.log_out()
    owner.log_in_by_passkey()

    expect(owner.page.get_by_role("alert")).to_contain_text("The passkey was not accepted")
    assert violations_by_scheme(owner.page) == {"light": [], "dark": []}


def test_a_passkey_opens_an_account_without_a_password(owner: Owner) -> None:
    page, begin = owner.page, owner.page.get_by_role("button", name="Remove password")
    if IDENTITY == "cognito":
        expect(page.get_by_role("button", name="Change password")).to_be_visible()
        expect(begin).to_have_count(0)  # a user of a pool always has a password
        return
    begin.click()
    question = page.get_by_role("dialog", name="Remove your password?")
    expect(question.get_by_role("button", name="Keep it")).to_be_focused()
    assert violations_by_scheme(page) == {"light": [], "dark": []}
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your password is removed")).to_be_visible()
    assert violations_by_scheme(page) == {"light": [], "dark": []}

    page.get_by_role("button", name="Remove the passkey Laptop").click()
    expect(page.get_by_text("the last passkey of an account without a password")).to_be_visible()
    owner.log_out()
    status = page.evaluate(LOGIN_OF_A_STRANGER, {"email": owner.email, "password": owner.password})
    assert status == HTTPStatus.UNAUTHORIZED
    owner.log_in_by_passkey()

    owner.expect_signed_in()
    expect(page.get_by_text("only your passkeys open it")).to_be_visible()


def test_a_device_that_does_not_recognise_its_owner_signs_nobody_in(owner: Owner) -> None:
    owner.log_out()
    owner.verify(succeeds=False)

    owner.log_in_by_passkey()
    expect(owner.page.get_by_role("alert")).to_be_visible()
    owner.verify(succeeds=True)
    owner.log_in_by_passkey()

    owner.expect_signed_in()


def test_a_device_has_one_passkey_of_an_account(owner: Owner) -> None:
    owner.page.get_by_role("button", name="Add a passkey").click()
    dialog = owner.page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Again")
    dialog.get_by_role("button", name="Go on").click()

    expect(dialog.get_by_role("alert")).to_contain_text("has a passkey of your account already")
    assert len(owner.passkeys()) == 1


def test_a_passkey_gets_in_when_a_stranger_has_used_up_the_tries(owner: Owner) -> None:
    owner.log_out()
    status = None
    for _ in range(3 * rate_limits.NETWORK_LIMIT):  # a window may end meanwhile
        guess = {"email": owner.email, "password": "a wrong guess"}
        status = owner.page.evaluate(LOGIN_OF_A_STRANGER, guess)
        if status != HTTPStatus.UNAUTHORIZED:
            break
    assert status == HTTPStatus.TOO_MANY_REQUESTS

    owner.log_in_by_passkey()

    owner.expect_signed_in()

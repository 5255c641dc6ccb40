"""The double's `stripe.js` in a browser, on a page that allows no inline code.

The site's tests use it through `@stripe/react-stripe-js`; these tests call it directly.
"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect
from stripe import PaymentIntent, RequestsClient, StripeClient

from local.stripe_double import StripeDouble, Timing

# pytest-base-url, which pytest-playwright brings along, does not know pytest 9.2 yet.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Session-scoped fixtures defined as instance methods"
)

PAGE = """<!doctype html><html lang="en"><title>Pay</title>
<form><div id="element"></div><button>Pay</button></form><p id="outcome"></p>
<script src="{double}/endive/stripe.js"></script><script src="/page.js"></script></html>"""

SCRIPT = """
const asked = new URLSearchParams(location.search);
const outcome = document.getElementById("outcome");
const stripe = Stripe("pk_test_double");
const elements = stripe.elements({
  clientSecret: asked.get("secret"),
  locale: asked.get("locale") ?? "en",
  appearance: { theme: "night", variables: { borderRadius: "8px" } },
});
window.changes = [];
const element = elements.create("payment");
element.mount("#element");
element.on("ready", () => { outcome.textContent = "ready"; });
element.on("loaderror", (event) => { outcome.textContent = event.error.message; });
element.on("change", (event) => { window.changes.push(event); });
document.forms[0].addEventListener("submit", async (event) => {
  event.preventDefault();
  outcome.textContent = "working";
  const checked = await elements.submit();
  const { error, paymentIntent } = checked.error ? checked : await stripe.confirmPayment({
    elements,
    redirect: asked.get("redirect") ?? "if_required",
    confirmParams: { return_url: `${location.origin}/back` },
  });
  outcome.textContent = error ? `${error.type} ${error.code ?? ""}` : paymentIntent.status;
});
"""


@pytest.fixture
def double(tmp_path: Path) -> Iterator[StripeDouble]:
    with StripeDouble(tmp_path, timing=Timing(settle_seconds=600)) as running:
        yield running


@pytest.fixture
def site(double: StripeDouble) -> Iterator[str]:
    """A page with a payment form and a strict content security policy."""
    policy = f"default-src 'none'; script-src 'self' {double.url}; connect-src {double.url}"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            script = self.path == "/page.js"
            body = (SCRIPT if script else PAGE.format(double=double.url)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if script else "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def api(double: StripeDouble) -> Iterator[StripeClient]:
    with requests.Session() as session:
        yield StripeClient(
            double.secret_key,
            base_addresses={"api": double.url},
            http_client=RequestsClient(session=session),
        )


@pytest.fixture
def intent(api: StripeClient) -> PaymentIntent:
    return api.v1.payment_intents.create({"amount": 250, "currency": "eur"})


@pytest.fixture
def form(page: Page, site: str, intent: PaymentIntent) -> Iterator[Page]:
    """The loaded form. An error or a policy violation in the browser fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: errors.append(message.text) if "Policy" in message.text else None,
    )
    page.goto(f"{site}/?secret={intent.client_secret}")
    expect(page.locator("#outcome")).to_have_text("ready")
    yield page
    assert errors == []


def fill_card(form: Page, number: str) -> None:
    form.get_by_label("Card number").press_sequentially(number)
    form.get_by_label("Expiration date").fill("12 / 40")
    form.get_by_label("Security code").fill("123")


def pay(form: Page, number: str) -> None:
    fill_card(form, number)
    form.get_by_role("button", name="Pay").click()


def expect_outcome(form: Page, text: str) -> None:
    expect(form.locator("#outcome")).to_have_text(text)


def test_a_valid_card_pays(form, api, intent):
    pay(form, "4242424242424242")

    expect_outcome(form, "succeeded")
    assert api.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_a_payment_is_made_by_keyboard(form):
    form.get_by_label("Card number").press_sequentially("4242424242424242")
    form.keyboard.type("1240")
    form.keyboard.type("123")
    form.keyboard.press("Enter")

    expect_outcome(form, "succeeded")


def test_a_declined_card_can_be_changed_for_another(form):
    pay(form, "4000000000000002")
    expect_outcome(form, "card_error card_declined")

    form.get_by_label("Card number").fill("4242424242424242")
    form.get_by_role("button", name="Pay").click()

    expect_outcome(form, "succeeded")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("Complete", "succeeded"),
        ("Fail", "invalid_request_error payment_intent_authentication_failure"),
    ],
)
def test_3d_secure_shows_a_dialog(form, answer, outcome):
    pay(form, "4000002500003155")

    form.get_by_role("dialog").get_by_role("button", name=answer).click()

    expect_outcome(form, outcome)
    expect(form.get_by_role("dialog")).to_have_count(0)


def test_closing_the_dialog_fails_the_payment(form):
    pay(form, "4000002500003155")
    form.get_by_role("dialog").wait_for()

    form.keyboard.press("Escape")

    expect_outcome(form, "invalid_request_error payment_intent_authentication_failure")


def test_a_bank_debit_is_processing(form):
    form.get_by_label("SEPA Direct Debit").check()
    form.get_by_label("IBAN").fill("DE89 3704 0044 0532 0130 00")
    form.get_by_label("Full name").fill("Ada Lovelace")
    form.get_by_label("Email").fill("ada@example.com")
    form.get_by_role("button", name="Pay").click()

    expect_outcome(form, "processing")


def test_invalid_fields_have_messages_and_nothing_is_sent(form, double):
    form.get_by_label("Card number").fill("4242 4242 4242 4241")
    form.get_by_label("Expiration date").fill("01 / 20")
    form.get_by_role("button", name="Pay").click()

    expect_outcome(form, "validation_error invalid_number")
    expect(form.get_by_role("alert")).to_have_text(
        [
            "Your card number is invalid.",
            "Your card's expiration date is in the past.",
            "Your card's security code is incomplete.",
        ]
    )
    expect(form.get_by_label("Card number")).to_have_attribute("aria-invalid", "true")
    calls = double.control.answer("GET", "/_double/calls", {})
    assert isinstance(calls, list)
    assert not [call for call in calls if call["path"].endswith("/confirm")]


def test_change_events_state_whether_the_form_is_complete(form):
    fill_card(form, "4242424242424242")

    changes = form.evaluate("window.changes.map((c) => [c.empty, c.complete, c.value.type])")
    assert changes == [[True, False, "card"], [False, False, "card"], [False, True, "card"]]


def test_a_payment_redirects_if_requested(form, site, intent):
    form.goto(f"{site}/?secret={intent.client_secret}&redirect=always")
    expect_outcome(form, "ready")

    pay(form, "4242424242424242")

    form.wait_for_url(f"{site}/back?payment_intent={intent.id}*redirect_status=succeeded")


def test_a_cancelled_intent_does_not_load(form, site, api, intent):
    api.v1.payment_intents.cancel(intent.id)

    form.goto(f"{site}/?secret={intent.client_secret}")

    expect_outcome(form, "This PaymentIntent is in a terminal state (canceled).")


def test_an_outage_has_an_error_type_of_its_own(form, double):
    fill_card(form, "4242424242424242")

    double.faults.add({"calls": [{"kind": "error"}]})
    form.get_by_role("button", name="Pay").click()
    expect_outcome(form, "api_error")

    form.route(f"{double.url}/**", lambda route: route.abort())
    form.get_by_role("button", name="Pay").click()
    expect_outcome(form, "api_connection_error")


def test_the_form_is_translated_to_german(form, site, intent):
    form.goto(f"{site}/?secret={intent.client_secret}&locale=de")
    expect_outcome(form, "ready")

    form.get_by_label("Kartennummer").fill("1")
    form.get_by_role("button", name="Pay").click()

    expect(form.get_by_role("alert").first).to_have_text("Die Kartennummer ist unvollständig.")

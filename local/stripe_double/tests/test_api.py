"""API keys, the browser's access, and idempotency keys."""

import concurrent.futures
import threading

import pytest
import stripe

from local.stripe_double.api import KEY_LIFETIME_SECONDS, Call
from local.stripe_double.double import StripeDouble

EUROS = {"amount": 250, "currency": "eur"}


def flatten(fields, parent=""):
    """`{"a": {"b": 1}}` as the form field `a[b]=1`."""
    form: dict[str, str] = {}
    for name, value in fields.items():
        path = f"{parent}[{name}]" if parent else name
        form |= flatten(value, path) if isinstance(value, dict) else {path: str(value)}
    return form


@pytest.fixture
def in_browser(double, session):
    """Send a form with the publishable key, like stripe.js."""

    def call(method, path, fields, key=double.publishable_key):
        form = flatten(fields) | {"key": key}
        sent = {"params": form} if method == "GET" else {"data": form}
        return session.request(method, f"{double.url}/v1/{path}", timeout=5, **sent)

    return call


def card(number, **more):
    details = {"number": number, "exp_month": 12, "exp_year": 2049, "cvc": "123"}
    return {"type": "card", "card": details | more}


@pytest.mark.parametrize("key", ["sk_test_of_another", "sk_test_doubl", "pk_test_double"])
def test_only_the_secret_key_creates_intents(double, sdk, key):
    with pytest.raises(stripe.AuthenticationError):
        sdk(double, key).v1.payment_intents.create(EUROS)


def test_a_missing_key_is_a_401(double, session):
    reply = session.get(f"{double.url}/v1/payment_intents", timeout=5)

    assert reply.status_code == 401
    assert reply.json()["error"]["type"] == "invalid_request_error"


def test_the_key_can_be_the_user_name_of_basic_auth(double, session):
    url = f"{double.url}/v1/payment_intents"

    assert session.get(url, auth=(double.secret_key, ""), timeout=5).status_code == 200


def test_a_browser_sees_its_own_intent_without_private_fields(api, in_browser):
    intent = api.v1.payment_intents.create({**EUROS, "metadata": {"order_id": "O1"}})
    path = f"payment_intents/{intent.id}"

    reply = in_browser("GET", path, {"client_secret": intent.client_secret})

    assert reply.status_code == 200
    assert reply.json()["amount"] == 250
    assert not {"metadata", "customer", "latest_charge"} & reply.json().keys()
    assert in_browser("GET", path, {}).status_code == 401
    assert in_browser("GET", path, {"client_secret": f"{intent.id}_secret_x"}).status_code == 400
    assert in_browser("POST", path, {"client_secret": intent.client_secret}).status_code == 401


def test_a_browser_pays_with_a_card_number(api, in_browser):
    intent = api.v1.payment_intents.create(EUROS)

    paid = in_browser(
        "POST",
        f"payment_intents/{intent.id}/confirm",
        {
            "client_secret": intent.client_secret,
            "payment_method_data": card("4242 4242 4242 4242"),
            "use_stripe_sdk": "true",
        },
    )

    assert paid.json()["status"] == "succeeded"
    method = api.v1.payment_methods.retrieve(paid.json()["payment_method"])
    assert (method.card.last4, method.card.exp_year) == ("4242", 2049)


def test_a_decline_in_the_browser_has_only_public_fields(api, in_browser):
    intent = api.v1.payment_intents.create({**EUROS, "metadata": {"order_id": "O1"}})

    reply = in_browser(
        "POST",
        f"payment_intents/{intent.id}/confirm",
        {
            "client_secret": intent.client_secret,
            "payment_method_data": card("4000000000000002"),
            "use_stripe_sdk": "true",
        },
    )

    assert reply.status_code == 402
    error = reply.json()["error"]
    assert (error["type"], error["decline_code"]) == ("card_error", "generic_decline")
    assert error["payment_intent"]["status"] == "requires_payment_method"
    assert "metadata" not in error["payment_intent"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (card("4242424242424241"), "incorrect_number"),
        (card("4111111111111111"), "card_declined"),
        (card("4242424242424242", exp_year=2020), "invalid_expiry_year"),
        (card("4242424242424242", exp_month=13), "invalid_expiry_month"),
        (card("4242424242424242", cvc="1"), "invalid_cvc"),
        (card("4242424242424242", cvc="²²²"), "invalid_cvc"),
        (card("²²²²"), "incorrect_number"),
    ],
)
def test_an_invalid_card_is_rejected(in_browser, data, code):
    reply = in_browser("POST", "payment_methods", data)

    assert reply.status_code == 402
    assert reply.json()["error"]["code"] == code


def test_a_debit_needs_a_holder_and_a_test_iban(in_browser):
    holder = {"name": "Ada", "email": "ada@example.com"}
    good = {"type": "sepa_debit", "sepa_debit": {"iban": "DE89370400440532013000"}}
    other = {"type": "sepa_debit", "sepa_debit": {"iban": "GB29NWBK60161331926819"}}

    assert in_browser("POST", "payment_methods", good).status_code == 400
    assert in_browser("POST", "payment_methods", good | {"billing_details": holder}).ok
    reply = in_browser("POST", "payment_methods", other | {"billing_details": holder})
    assert reply.json()["error"]["code"] == "invalid_bank_account_iban"


@pytest.mark.parametrize(
    "form",
    [
        "amount[x]=250&currency=eur",
        "amount=" + "9" * 5000 + "&currency=eur",
        "amount=٢٥٠&currency=eur",
        "amount=250&currency=eur&metadata[a][b]=1",
        "amount=250&currency=eur&metadata=all",
        "amount=250&currency=eur&expand=latest_charge",
        "amount=250&currency=eur&automatic_payment_methods[enabled]=maybe",
        "amount=250&currency=eur&payment_method_types[]=card&automatic_payment_methods[enabled]=true",
        "%ff%fe=1",
    ],
)
def test_a_malformed_form_is_rejected(double, sdk, session, form):
    sent = {"Authorization": f"Bearer {double.secret_key}"}

    reply = session.post(
        f"{double.url}/v1/payment_intents", data=form.encode(), headers=sent, timeout=5
    )

    assert reply.status_code == 400
    assert reply.json()["error"]["type"] == "invalid_request_error"
    assert sdk(double).v1.payment_intents.list().data == []


def test_an_idempotency_key_creates_one_intent(double, sdk, session):
    sent = {"Idempotency-Key": "order-1", "Authorization": f"Bearer {double.secret_key}"}
    url = f"{double.url}/v1/payment_intents"

    first = session.post(url, data=EUROS, headers=sent, timeout=5)
    second = session.post(url, data=EUROS, headers=sent, timeout=5)

    assert first.json() == second.json()
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.headers["Original-Request"] == first.headers["Request-Id"]
    assert len(sdk(double).v1.payment_intents.list().data) == 1


def test_an_idempotency_key_belongs_to_one_request(api):
    with_key = {"idempotency_key": "order-1"}
    api.v1.payment_intents.create(EUROS, with_key)

    with pytest.raises(stripe.IdempotencyError):
        api.v1.payment_intents.create({**EUROS, "amount": 300}, with_key)

    assert len(api.v1.payment_intents.list().data) == 1


def test_a_retried_key_gets_the_same_decline_without_a_second_charge(api):
    intent = api.v1.payment_intents.create(EUROS)
    params = {"payment_method": "pm_card_chargeDeclined", "return_url": "https://docket.test/"}

    for _ in range(2):
        with pytest.raises(stripe.CardError):
            api.v1.payment_intents.confirm(intent.id, params, {"idempotency_key": "try-1"})

    assert len(api.v1.charges.list({"payment_intent": intent.id}).data) == 1


def test_a_rejected_request_does_not_use_its_key(api):
    with_key = {"idempotency_key": "order-1"}
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.payment_intents.create({**EUROS, "amount": 1}, with_key)

    assert api.v1.payment_intents.create(EUROS, with_key).amount == 250


def test_a_key_in_use_is_a_conflict(double, sdk):
    headers = {"idempotency-key": "order-1", "authorization": f"Bearer {double.secret_key}"}
    call = Call("POST", "/v1/payment_intents", "", "amount=250&currency=eur", headers)
    started, continue_ = threading.Event(), threading.Event()

    def wait():
        started.set()
        continue_.wait(10)

    with concurrent.futures.ThreadPoolExecutor() as executor:
        first = executor.submit(double.api.answer, call, wait)
        started.wait(10)
        second = double.api.answer(call)
        continue_.set()
        first_reply = first.result(10)
    third = double.api.answer(call)

    assert (first_reply.status, second.status, third.status) == (200, 409, 200)
    assert second.body["error"]["code"] == "idempotency_key_in_use"
    assert third.body == first_reply.body
    assert len(sdk(double).v1.payment_intents.list().data) == 1


def test_a_key_expires_after_a_day(state, sdk):
    now = [1_800_000_000.0]
    with StripeDouble(state, clock=lambda: now[0]) as double:
        api = sdk(double)
        with_key = {"idempotency_key": "order-1"}
        first = api.v1.payment_intents.create(EUROS, with_key)

        now[0] += KEY_LIFETIME_SECONDS + 1
        second = api.v1.payment_intents.create(EUROS, with_key)

    assert first.id != second.id


def test_deleted_keys_can_be_used_again(double, api):
    with_key = {"idempotency_key": "order-1"}
    first = api.v1.payment_intents.create(EUROS, with_key)

    double.control.answer("DELETE", "/_double/idempotency_keys", {})

    assert api.v1.payment_intents.create(EUROS, with_key).id != first.id


def test_replies_have_the_request_id_and_the_version(double, session):
    sent = {"Authorization": f"Bearer {double.secret_key}", "Stripe-Version": "2026-10-28.endive"}

    reply = session.get(f"{double.url}/v1/payment_intents", headers=sent, timeout=5)

    assert reply.headers["Request-Id"].startswith("req_")
    assert reply.headers["Stripe-Version"] == "2026-10-28.endive"


def test_other_origins_can_call_stripe_but_not_the_controls(double, session):
    headers = {
        "Origin": "http://site.localhost",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }

    preflight = session.options(f"{double.url}/v1/payment_methods", headers=headers, timeout=5)
    form = session.post(f"{double.url}/_double/faults", data={"calls": "x"}, timeout=5)

    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert form.status_code == 400
    assert "Access-Control-Allow-Origin" not in form.headers


@pytest.mark.parametrize("path", ["v3/", "v3", "endive/stripe.js", "basil/stripe.js"])
def test_the_script_has_the_paths_of_stripe(double, session, path):
    script = session.get(f"{double.url}/{path}", timeout=5)

    assert script.headers["Content-Type"].startswith("text/javascript")
    assert f'const API = "{double.url}";' in script.text


def test_the_home_page_shows_payments_and_test_cards(api, double, session):
    intent = api.v1.payment_intents.create({**EUROS, "metadata": {"note": "<b>bold</b>"}})

    home = session.get(double.url, timeout=5).text

    assert intent.id in home
    assert "€2.50" in home
    assert "4000 0025 0000 3155" in home
    assert "<b>bold" not in home


def test_the_home_page_has_buttons_for_what_people_and_banks_do(api, double, session, control):
    intent = api.v1.payment_intents.create(
        {
            **EUROS,
            "payment_method": "pm_card_visa",
            "confirm": True,
            "return_url": "https://x.test/",
        }
    )
    api.v1.refunds.create({"payment_intent": intent.id, "amount": 100})
    dispute = control("POST", f"payment_intents/{intent.id}/dispute")

    home = session.get(double.url, timeout=5).text

    assert dispute["id"] in home
    for button in ("Refund", "Dispute", "Fail", "To under_review", "To won", "To lost"):
        assert f">{button}</button>" in home


def test_an_unknown_path_is_404(double, session):
    assert session.get(f"{double.url}/nowhere", timeout=5).status_code == 404
    assert session.get(f"{double.url}/_double/nowhere", timeout=5).status_code == 404

"""API keys, what a browser may do, and idempotency keys."""

import concurrent.futures
import threading

import pytest
import stripe

from local.stripe_double.api import KEY_LIFETIME_SECONDS, Call
from local.stripe_double.server import StripeDouble

EUROS = {"amount": 250, "currency": "eur"}


def flat(fields, parent=""):
    """`{"a": {"b": 1}}` as the form field `a[b]=1`."""
    form: dict[str, str] = {}
    for name, value in fields.items():
        path = f"{parent}[{name}]" if parent else name
        form |= flat(value, path) if isinstance(value, dict) else {path: str(value)}
    return form


@pytest.fixture
def in_browser(double, session):
    """What stripe.js sends: a form with the publishable key."""

    def call(method, path, fields, key=double.publishable_key):
        form = flat(fields) | {"key": key}
        sent = {"params": form} if method == "GET" else {"data": form}
        return session.request(method, f"{double.url}/v1/{path}", timeout=5, **sent)

    return call


def card(number, **more):
    details = {"number": number, "exp_month": 12, "exp_year": 2049, "cvc": "123"}
    return {"type": "card", "card": details | more}


@pytest.mark.parametrize("key", ["sk_test_of_another", "sk_test_doubl", "pk_test_double"])
def test_only_the_secret_key_makes_intents(double, sdk, key):
    with pytest.raises(stripe.AuthenticationError):
        sdk(double, key).v1.payment_intents.create(EUROS)


def test_no_key_at_all_is_401(double, session):
    reply = session.get(f"{double.url}/v1/payment_intents", timeout=5)

    assert reply.status_code == 401
    assert reply.json()["error"]["type"] == "invalid_request_error"


def test_the_key_may_come_as_the_name_of_basic_auth(double, session):
    url = f"{double.url}/v1/payment_intents"

    assert session.get(url, auth=(double.secret_key, ""), timeout=5).status_code == 200


def test_a_browser_sees_its_own_intent_without_private_fields(api, in_browser):
    intent = api.v1.payment_intents.create({**EUROS, "metadata": {"order_id": "O1"}})
    path = f"payment_intents/{intent.id}"

    seen = in_browser("GET", path, {"client_secret": intent.client_secret})

    assert seen.status_code == 200
    assert seen.json()["amount"] == 250
    assert not {"metadata", "customer", "latest_charge"} & seen.json().keys()
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


def test_a_browsers_decline_shows_it_the_public_intent_only(api, in_browser):
    intent = api.v1.payment_intents.create({**EUROS, "metadata": {"order_id": "O1"}})

    refused = in_browser(
        "POST",
        f"payment_intents/{intent.id}/confirm",
        {
            "client_secret": intent.client_secret,
            "payment_method_data": card("4000000000000002"),
            "use_stripe_sdk": "true",
        },
    )

    assert refused.status_code == 402
    error = refused.json()["error"]
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
def test_a_card_that_cannot_be_is_refused(in_browser, data, code):
    refused = in_browser("POST", "payment_methods", data)

    assert refused.status_code == 402
    assert refused.json()["error"]["code"] == code


def test_a_debit_needs_its_holder_and_a_test_iban(in_browser):
    holder = {"name": "Ada", "email": "ada@example.com"}
    good = {"type": "sepa_debit", "sepa_debit": {"iban": "DE89370400440532013000"}}
    other = {"type": "sepa_debit", "sepa_debit": {"iban": "GB29NWBK60161331926819"}}

    assert in_browser("POST", "payment_methods", good).status_code == 400
    assert in_browser("POST", "payment_methods", good | {"billing_details": holder}).ok
    refused = in_browser("POST", "payment_methods", other | {"billing_details": holder})
    assert refused.json()["error"]["code"] == "invalid_bank_account_iban"


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
def test_a_malformed_form_is_refused_and_creates_nothing(double, sdk, session, form):
    sent = {"Authorization": f"Bearer {double.secret_key}"}

    reply = session.post(
        f"{double.url}/v1/payment_intents", data=form.encode(), headers=sent, timeout=5
    )

    assert reply.status_code == 400
    assert reply.json()["error"]["type"] == "invalid_request_error"
    assert sdk(double).v1.payment_intents.list().data == []


def test_a_key_makes_one_intent_however_often_it_is_used(double, sdk, session):
    sent = {"Idempotency-Key": "order-1", "Authorization": f"Bearer {double.secret_key}"}
    url = f"{double.url}/v1/payment_intents"

    first = session.post(url, data=EUROS, headers=sent, timeout=5)
    second = session.post(url, data=EUROS, headers=sent, timeout=5)

    assert first.json() == second.json()
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.headers["Original-Request"] == first.headers["Request-Id"]
    assert len(sdk(double).v1.payment_intents.list().data) == 1


def test_a_key_is_good_for_one_request_only(api):
    again = {"idempotency_key": "order-1"}
    api.v1.payment_intents.create(EUROS, again)

    with pytest.raises(stripe.IdempotencyError):
        api.v1.payment_intents.create({**EUROS, "amount": 300}, again)

    assert len(api.v1.payment_intents.list().data) == 1


def test_a_retried_key_gets_the_same_decline_without_a_second_charge(api):
    intent = api.v1.payment_intents.create(EUROS)
    params = {"payment_method": "pm_card_chargeDeclined", "return_url": "https://docket.test/"}

    for _ in range(2):
        with pytest.raises(stripe.CardError):
            api.v1.payment_intents.confirm(intent.id, params, {"idempotency_key": "try-1"})

    assert len(api.v1.charges.list({"payment_intent": intent.id}).data) == 1


def test_a_request_refused_before_it_began_leaves_its_key_free(api):
    again = {"idempotency_key": "order-1"}
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.payment_intents.create({**EUROS, "amount": 1}, again)

    assert api.v1.payment_intents.create(EUROS, again).amount == 250


def test_a_key_in_use_is_a_conflict_and_then_a_replay(double, sdk):
    headers = {"idempotency-key": "order-1", "authorization": f"Bearer {double.secret_key}"}
    call = Call("POST", "/v1/payment_intents", "", "amount=250&currency=eur", headers)
    begun, go_on = threading.Event(), threading.Event()

    def slowly():
        begun.set()
        go_on.wait(10)

    with concurrent.futures.ThreadPoolExecutor() as beside:
        first = beside.submit(double.api.answer, call, slowly)
        begun.wait(10)
        second = double.api.answer(call)
        go_on.set()
        made = first.result(10)
    third = double.api.answer(call)

    assert (made.status, second.status, third.status) == (200, 409, 200)
    assert second.body["error"]["code"] == "idempotency_key_in_use"
    assert third.body == made.body
    assert len(sdk(double).v1.payment_intents.list().data) == 1


def test_a_key_expires_after_a_day(state, sdk):
    now = [1_800_000_000.0]
    with StripeDouble(state, clock=lambda: now[0]) as double:
        api = sdk(double)
        again = {"idempotency_key": "order-1"}
        first = api.v1.payment_intents.create(EUROS, again)

        now[0] += KEY_LIFETIME_SECONDS + 1
        second = api.v1.payment_intents.create(EUROS, again)

    assert first.id != second.id


def test_keys_that_are_forgotten_are_used_anew(double, api):
    again = {"idempotency_key": "order-1"}
    first = api.v1.payment_intents.create(EUROS, again)

    double.control.answer("DELETE", "/_double/idempotency_keys", {})

    assert api.v1.payment_intents.create(EUROS, again).id != first.id


def test_replies_name_the_request_and_the_version(double, session):
    sent = {"Authorization": f"Bearer {double.secret_key}", "Stripe-Version": "2026-10-28.endive"}

    reply = session.get(f"{double.url}/v1/payment_intents", headers=sent, timeout=5)

    assert reply.headers["Request-Id"].startswith("req_")
    assert reply.headers["Stripe-Version"] == "2026-10-28.endive"


def test_pages_of_other_origins_may_call_stripe_and_not_the_controls(double, session):
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
def test_the_script_is_where_stripes_libraries_look_for_it(double, session, path):
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


def test_an_unknown_path_is_404(double, session):
    assert session.get(f"{double.url}/nowhere", timeout=5).status_code == 404
    assert session.get(f"{double.url}/_double/nowhere", timeout=5).status_code == 404

"""PaymentIntents behave like Stripe's, tested with Stripe's SDK."""

import json

import pytest
import stripe

RETURN_URL = "https://docket.test/orders/1/payment"


def new(api, **more):
    params = {
        "amount": 250,
        "currency": "eur",
        "automatic_payment_methods": {"enabled": True},
        "metadata": {"order_id": "O1"},
    }
    return api.v1.payment_intents.create(params | more)


def confirm(api, intent, method, **more):
    params = {"payment_method": method, "return_url": RETURN_URL, **more}
    return api.v1.payment_intents.confirm(intent.id, params)


def types(api):
    return [event.type for event in reversed(api.v1.events.list({"limit": 100}).data)]


def test_a_new_intent_waits_for_a_payment_method(api):
    intent = new(api)

    assert intent.status == "requires_payment_method"
    assert (intent.amount, intent.currency, intent.amount_received) == (250, "eur", 0)
    assert intent.metadata.to_dict() == {"order_id": "O1"}
    assert intent.automatic_payment_methods.enabled
    assert intent.client_secret.startswith(f"{intent.id}_secret_")
    assert types(api) == ["payment_intent.created"]


def test_a_valid_card_pays(api):
    paid = confirm(api, new(api), "pm_card_visa")

    assert (paid.status, paid.amount_received) == ("succeeded", 250)
    charge = api.v1.charges.retrieve(paid.latest_charge)
    assert (charge.paid, charge.amount_captured, charge.payment_intent) == (True, 250, paid.id)
    assert charge.payment_method_details.card.last4 == "4242"
    assert types(api) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


def test_an_intent_can_be_confirmed_on_creation(api):
    paid = new(api, confirm=True, payment_method="pm_card_visa", return_url=RETURN_URL)

    assert paid.status == "succeeded"


@pytest.mark.parametrize(
    ("method", "code", "decline_code"),
    [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", None),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
        ("pm_card_chargeDeclinedProcessingError", "processing_error", None),
        ("pm_card_radarBlock", "card_declined", "fraudulent"),
    ],
)
def test_a_declined_card_has_a_code_and_can_be_replaced(api, method, code, decline_code):
    intent = new(api)

    with pytest.raises(stripe.CardError) as refused:
        confirm(api, intent, method)

    error = json.loads(refused.value.http_body or "")["error"]
    assert (refused.value.http_status, error["code"]) == (402, code)
    assert error.get("decline_code") == decline_code
    assert error["payment_intent"]["id"] == intent.id
    now = api.v1.payment_intents.retrieve(intent.id)
    assert (now.status, now.payment_method) == ("requires_payment_method", None)
    assert now.last_payment_error.code == code
    assert api.v1.charges.retrieve(now.latest_charge).failure_code == code
    assert types(api)[-2:] == ["charge.failed", "payment_intent.payment_failed"]
    assert confirm(api, intent, "pm_card_visa").status == "succeeded"


def test_an_excluded_method_cannot_pay(api):
    intent = new(api, excluded_payment_method_types=["sepa_debit", "boleto"])

    assert intent.payment_method_types == ["card"]
    assert intent.excluded_payment_method_types == ["sepa_debit", "boleto"]


def test_3d_secure_requires_an_action_and_then_pays(api, control):
    intent = confirm(api, new(api), "pm_card_authenticationRequired")
    assert intent.status == "requires_action"
    assert intent.next_action.redirect_to_url.return_url == RETURN_URL

    control("POST", f"payment_intents/{intent.id}/authenticate", {"outcome": "complete"})

    assert api.v1.payment_intents.retrieve(intent.id).status == "succeeded"
    assert "payment_intent.requires_action" in types(api)


def test_failed_3d_secure_is_a_failed_payment(api, control):
    intent = confirm(api, new(api), "pm_card_authenticationRequired")

    control("POST", f"payment_intents/{intent.id}/authenticate", {"outcome": "fail"})

    now = api.v1.payment_intents.retrieve(intent.id)
    assert now.status == "requires_payment_method"
    assert now.last_payment_error.code == "payment_intent_authentication_failure"
    assert types(api)[-1] == "payment_intent.payment_failed"


def test_a_card_can_be_declined_after_3d_secure(api, control):
    method = "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"
    intent = confirm(api, new(api), method)

    control("POST", f"payment_intents/{intent.id}/authenticate", {"outcome": "complete"})

    now = api.v1.payment_intents.retrieve(intent.id)
    assert now.last_payment_error.decline_code == "insufficient_funds"


def test_the_page_of_the_bank_redirects_with_the_outcome(api, session):
    intent = confirm(api, new(api), "pm_card_authenticationRequired")
    page = intent.next_action.redirect_to_url.url

    page_reply = session.get(page, timeout=5)
    posted = session.post(page, data={"outcome": "complete"}, allow_redirects=False, timeout=5)

    assert "€2.50" in page_reply.text
    assert posted.status_code == 303
    assert posted.headers["Location"] == (
        f"{RETURN_URL}?payment_intent={intent.id}"
        f"&payment_intent_client_secret={intent.client_secret}&redirect_status=succeeded"
    )


def test_a_bank_debit_is_processing_before_it_succeeds(api, within):
    intent = confirm(api, new(api), "pm_success_de")
    assert (intent.status, intent.amount_received) == ("processing", 0)

    within(lambda: api.v1.payment_intents.retrieve(intent.id).status == "succeeded", "payment")

    assert types(api) == [
        "payment_intent.created",
        "payment_intent.processing",
        "charge.pending",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


def test_a_bank_debit_can_fail_after_processing(api, within):
    intent = confirm(api, new(api), "pm_failed_de")

    def failed():
        return api.v1.payment_intents.retrieve(intent.id).status == "requires_payment_method"

    within(failed, "failure")
    assert types(api)[-1] == "payment_intent.payment_failed"


def test_a_delayed_debit_can_be_settled_at_once(api, control):
    intent = confirm(api, new(api), "pm_successDelayed_de")

    control("POST", f"payment_intents/{intent.id}/settle")

    assert api.v1.payment_intents.retrieve(intent.id).status == "succeeded"


@pytest.mark.parametrize("method", ["confirm", "cancel"])
def test_a_paid_intent_cannot_be_confirmed_or_canceled(api, method):
    intent = confirm(api, new(api), "pm_card_visa")

    with pytest.raises(stripe.InvalidRequestError) as refused:
        getattr(api.v1.payment_intents, method)(intent.id)

    assert refused.value.code == "payment_intent_unexpected_state"
    assert api.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_a_canceled_intent_cannot_be_confirmed(api):
    intent = new(api)

    canceled = api.v1.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})

    assert (canceled.status, canceled.cancellation_reason) == ("canceled", "abandoned")
    with pytest.raises(stripe.InvalidRequestError, match="status of canceled"):
        confirm(api, intent, "pm_card_visa")
    assert types(api) == ["payment_intent.created", "payment_intent.canceled"]


def test_an_intent_without_a_method_cannot_be_confirmed(api):
    intent = new(api)

    with pytest.raises(stripe.InvalidRequestError, match="missing a payment method") as refused:
        api.v1.payment_intents.confirm(intent.id, {"return_url": RETURN_URL})

    assert refused.value.code == "payment_intent_unexpected_state"


def test_confirming_from_a_server_needs_a_return_url(api):
    with pytest.raises(stripe.InvalidRequestError, match="return_url"):
        api.v1.payment_intents.confirm(new(api).id, {"payment_method": "pm_card_visa"})


def test_only_the_amount_of_an_open_intent_can_change(api):
    intent = new(api)
    assert api.v1.payment_intents.update(intent.id, {"amount": 300}).amount == 300
    confirm(api, intent, "pm_card_visa")

    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.payment_intents.update(intent.id, {"amount": 400})

    assert refused.value.code == "payment_intent_unexpected_state"
    assert api.v1.payment_intents.retrieve(intent.id).amount == 300


def test_only_an_open_intent_gets_another_payment_method(api):
    intent = new(api)
    api.v1.payment_intents.cancel(intent.id)

    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.payment_intents.update(intent.id, {"payment_method": "pm_card_visa"})

    assert refused.value.code == "payment_intent_unexpected_state"
    assert api.v1.payment_intents.retrieve(intent.id).status == "canceled"


def test_metadata_is_merged_and_cleared(api):
    intent = new(api, metadata={"a": "1", "b": "2"})

    merged = api.v1.payment_intents.update(intent.id, {"metadata": {"b": "", "c": "3"}})
    cleared = api.v1.payment_intents.update(intent.id, {"metadata": ""})

    assert merged.metadata.to_dict() == {"a": "1", "c": "3"}
    assert cleared.metadata.to_dict() == {}


@pytest.mark.parametrize(
    ("wrong", "param", "code"),
    [
        ({"amount": 49}, "amount", "amount_too_small"),
        ({"amount": 0}, "amount", "parameter_invalid_integer"),
        ({"amount": "2.50"}, "amount", "parameter_invalid_integer"),
        ({"amount": 100_000_000}, "amount", "amount_too_large"),
        ({"amount": None}, "amount", "parameter_missing"),
        ({"currency": "xyz"}, "currency", None),
        ({"currency": None}, "currency", "parameter_missing"),
        ({"colour": "red"}, "colour", "parameter_unknown"),
        (
            {"automatic_payment_methods": {"on": True}},
            "automatic_payment_methods[on]",
            "parameter_unknown",
        ),
        ({"payment_method": "pm_none"}, "payment_method", "resource_missing"),
        ({"customer": "cus_none"}, "customer", "resource_missing"),
        ({"capture_method": "manual"}, "capture_method", None),
        ({"metadata": {"k": "v" * 501}}, "metadata[k]", None),
    ],
)
def test_an_invalid_parameter_is_named(api, wrong, param, code):
    params = {"amount": 250, "currency": "eur"} | wrong

    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.payment_intents.create({k: v for k, v in params.items() if v is not None})

    assert (refused.value.param, refused.value.code) == (param, code)
    assert api.v1.payment_intents.list().data == []


def test_a_debit_is_rejected_where_only_cards_are_accepted(api):
    intent = new(api, currency="usd")

    with pytest.raises(stripe.InvalidRequestError) as refused:
        confirm(api, intent, "pm_success_de")

    assert refused.value.code == "payment_intent_incompatible_payment_method"


def test_lists_are_paged_newest_first(api):
    ids = [new(api).id for _ in range(5)]

    everything = [i.id for i in api.v1.payment_intents.list({"limit": 2}).auto_paging_iter()]
    first = api.v1.payment_intents.list({"limit": 2})
    back = api.v1.payment_intents.list({"limit": 2, "ending_before": ids[0]})
    later = api.v1.payment_intents.list({"created": {"gt": 4_000_000_000}})

    assert everything == ids[::-1]
    assert first.has_more
    assert [i.id for i in back.data] == [ids[2], ids[1]]
    assert later.data == []


def test_ids_can_be_expanded(api):
    intent = confirm(api, new(api), "pm_card_visa")

    full = api.v1.payment_intents.retrieve(
        intent.id, {"expand": ["latest_charge", "payment_method"]}
    )

    assert full.latest_charge.amount == 250
    assert full.payment_method.card.brand == "visa"
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        api.v1.payment_intents.retrieve(intent.id, {"expand": ["colour"]})


def test_an_intent_can_have_a_customer(api):
    customer = api.v1.customers.create({"email": "ada@example.com"})

    intent = new(api, customer=customer.id)

    assert intent.customer == customer.id
    assert api.v1.customers.retrieve(customer.id).email == "ada@example.com"
    assert [i.id for i in api.v1.payment_intents.list({"customer": customer.id}).data] == [
        intent.id
    ]


def test_an_unknown_id_is_not_found(api):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.payment_intents.retrieve("pi_none")

    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


def test_an_unsupported_endpoint_is_named(api):
    with pytest.raises(stripe.InvalidRequestError, match="does not support it"):
        api.v1.subscriptions.list()

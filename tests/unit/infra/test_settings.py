"""Settings that would break a promise are refused before anything is synthesised."""

from dataclasses import replace

import pytest

from infra.mail_sender import MailSender
from infra.settings import DEV, LEAST_COMPLETION_MINUTES, LEAST_READER_SLOTS, PROD, SettingsError


@pytest.mark.parametrize(
    "changes",
    [
        {"unpaid_orders": 0},
        {"unpaid_pages": 0},
        {"documents_a_day": -1},
        {"reader_slots": LEAST_READER_SLOTS - 1},
    ],
)
def test_a_limit_that_admits_nothing_is_refused(changes):
    with pytest.raises(SettingsError):
        replace(PROD.limits, **changes)


@pytest.mark.parametrize(
    "changes",
    [{"order_expiry_days": 0}, {"completion_minutes": LEAST_COMPLETION_MINUTES - 1}],
)
def test_a_deadline_that_cannot_be_met_is_refused(changes):
    with pytest.raises(SettingsError):
        replace(PROD.deadlines, **changes)


@pytest.mark.parametrize("settings", [DEV, PROD], ids=lambda settings: settings.stage)
def test_the_lowest_values_are_accepted(settings):
    replace(
        settings,
        limits=replace(
            settings.limits,
            unpaid_orders=1,
            unpaid_pages=1,
            documents_a_day=1,
            reader_slots=LEAST_READER_SLOTS,
        ),
        deadlines=replace(
            settings.deadlines, order_expiry_days=1, completion_minutes=LEAST_COMPLETION_MINUTES
        ),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"currency": "EUR"},
        {"currency": "euro"},
        {"currency": "isk"},
        {"currency": "kwd"},
        {"base": -1},
        {"base": 0, "per_page": 0},
    ],
)
def test_prices_that_cannot_be_charged_as_shown_are_refused(changes):
    with pytest.raises(SettingsError):
        replace(PROD.prices, **changes)


@pytest.mark.parametrize("currency", ["eur", "usd", "jpy", "krw"])
def test_currencies_with_two_decimals_or_none_are_accepted(currency):
    assert replace(PROD.prices, currency=currency).currency == currency


def test_a_stage_verifies_addresses_only_if_it_sends_mail():
    sender = MailSender(address="docket@example.com")

    assert DEV.verification_in_force == "never"
    assert replace(DEV, mail=sender).verification_in_force == "before_payment"
    chosen = replace(DEV, mail=sender, verification="before_order")
    assert chosen.verification_in_force == "before_order"

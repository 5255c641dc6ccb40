"""Settings that would break a promise are refused before anything is synthesised."""

from dataclasses import replace

import pytest

from infra.setting_types.error import SettingsError
from infra.setting_types.mail_sender import MailSender
from infra.setting_types.operator import Operator
from infra.setting_types.prices import LEAST_CHARGES
from infra.setting_types.retention import LEAST_NOTICE_DAYS, LEAST_UNUSED_DAYS
from infra.settings import (
    DEV,
    LEAST_COMPLETION_MINUTES,
    LEAST_READER_SLOTS,
    PROD,
    Domain,
    with_identity,
)


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


@pytest.mark.parametrize(
    "changes",
    [
        {"invoice_years": -1},
        {"unused_days": LEAST_UNUSED_DAYS - 1},
        {"notice_days": LEAST_NOTICE_DAYS - 1},
        {"cancelled_days": 0},
    ],
)
def test_a_retention_that_is_too_short_is_refused(changes):
    with pytest.raises(SettingsError):
        replace(PROD.retention, **changes)


def test_a_stage_removes_unused_accounts_only_if_it_sends_mail():
    assert PROD.unused_days_in_force is None
    assert replace(PROD, mail=MailSender(address="docket@example.com")).unused_days_in_force == 730


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
        retention=replace(
            settings.retention,
            invoice_years=0,
            unused_days=LEAST_UNUSED_DAYS,
            notice_days=LEAST_NOTICE_DAYS,
            cancelled_days=1,
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
        {"base": 0, "per_page": 49},
        {"base": 250, "per_page": 49, "currency": "sek"},
    ],
)
def test_prices_that_cannot_be_charged_as_shown_are_refused(changes):
    with pytest.raises(SettingsError):
        replace(PROD.prices, **changes)


def test_an_order_of_one_page_may_cost_the_least_that_stripe_charges():
    least = replace(PROD.prices, base=25, per_page=25)

    assert least.base + least.per_page == LEAST_CHARGES["eur"]


@pytest.mark.parametrize("currency", ["eur", "usd", "jpy", "krw"])
def test_currencies_with_two_decimals_or_none_are_accepted(currency):
    assert replace(PROD.prices, currency=currency).currency == currency


def test_a_stage_verifies_addresses_only_if_it_sends_mail():
    sender = MailSender(address="docket@example.com")

    assert DEV.verification_in_force == "never"
    assert replace(DEV, mail=sender).verification_in_force == "before_payment"
    chosen = replace(DEV, mail=sender, verification="before_order")
    assert chosen.verification_in_force == "before_order"


def test_the_gateway_checks_tokens_of_a_user_pool_only():
    with pytest.raises(SettingsError, match="cognito"):
        replace(DEV, authorizer="gateway")

    pool = replace(DEV, identity_provider="cognito", authorizer="gateway")
    assert (pool.identity, replace(pool, authorizer="lambda").identity) == ("gateway", "cognito")
    assert with_identity(pool, "cognito") == pool
    assert with_identity(pool, "jwt").identity == "jwt"


@pytest.mark.parametrize(
    ("setting", "bound_to"),
    [(None, "docket.example.com"), ("example.com", "example.com")],
)
def test_passkeys_are_bound_to_the_domain_or_a_parent_of_it(setting, bound_to):
    domain = Domain(name="docket.example.com")

    assert replace(PROD, domain=domain, relying_party=setting).relying_party_in_force == bound_to


@pytest.mark.parametrize("setting", ["example.org", "ample.com", "www.docket.example.com"])
def test_passkeys_are_bound_to_no_other_domain(setting):
    with pytest.raises(SettingsError, match="relying_party"):
        replace(PROD, domain=Domain(name="docket.example.com"), relying_party=setting)


def test_without_a_domain_passkeys_are_bound_to_the_host_that_is_called():
    assert PROD.relying_party_in_force is None
    with pytest.raises(SettingsError, match="relying_party"):
        replace(PROD, relying_party="example.com")


def test_prod_cannot_be_synthesised_without_an_operator():
    operator = Operator(name="Example GmbH", address=("Main Street 1",), mail="office@example.com")

    with pytest.raises(SettingsError, match="set operator in"):
        PROD.require_operator()
    replace(PROD, operator=operator).require_operator()
    DEV.require_operator()


@pytest.mark.parametrize(
    "changes", [{"name": " "}, {"address": ()}, {"address": ("",)}, {"mail": ""}]
)
def test_an_operator_without_name_address_or_mail_is_refused(changes):
    complete = {"name": "Example GmbH", "address": ("Main Street 1",), "mail": "a@example.com"}

    with pytest.raises(SettingsError, match="the operator has"):
        Operator(**{**complete, **changes})

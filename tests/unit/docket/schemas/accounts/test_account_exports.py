from dataclasses import fields

import pytest

from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.api_key import ApiKey
from docket.domain.accounts.mail import Mail, Suppression
from docket.domain.accounts.one_time_link import OneTimeLink
from docket.domain.accounts.retention import RemovalNotice
from docket.domain.accounts.second_factor import SecondFactor
from docket.domain.accounts.user import AccountAccess, Session, User
from docket.domain.limits import Usage
from docket.domain.payments.payment import Payment
from docket.schemas.accounts import account_exports as account
from docket.schemas.accounts.auth import ProfileResponse
from docket.schemas.accounts.export_files import PaymentExport
from docket.table.accounts.known_devices import KnownDevice

LEFT_OUT = {
    "user_id": "it is the account's own",
    "requested_by": "it is the account, or nobody",
    "version": "counts changes, whose times are elsewhere",
    "user_version": "counts changes, whose times are elsewhere",
    "generation": "a random id; the times of the ends are exported",
    "key_generation": "a random id; the times of the ends are exported",
    "refresh_hash": "a hash of a secret",
    "replaced": "hashes of secrets",
    "hash": "a hash of a secret",
    "token_hash": "a hash of a secret",
    "sealed_secret": "a secret",
    "recovery_hashes": "hashes of secrets: their number is exported",
    "last_step": "the period of a code that was used",
    "disabled_at": "such an account is not exported",
    "deleting_at": "such an account is not exported",
    "address": "of a mail to the account; one to another address has `to`",
    "owner": "it is the account",
    "may_be_anothers": "whether the profile's address was not verified when the mail was owed",
    "about": "the id of what a link confirms",
    "device": "its fields are those of the session",
    "money": "its fields are those of the payment",
    "order_id": "its file is that of the order",
    "revision": "counts changes of the order",
    "failure": "its fields are those of the payment",
    "refund": "as `refund_status`",
    "dispute": "as `dispute_status`",
    "amount_lost": "what a dispute has cost the service",
    "amount_acknowledged": "that of the refunds that a person returned otherwise",
    "reversal_version": "counts Stripe's answers",
    "is_withheld": "whether content is shown, which `document.json` does or does not",
}
"""Fields of what is stored that are not in the export by their own name."""


@pytest.mark.parametrize(
    ("stored", "exported"),
    [
        (User, ProfileResponse),
        (Session, account.SessionExport),
        (AccountAccess, account.AccessExport),
        (ApiKey, account.ApiKeyExport),
        (KnownDevice, account.DeviceExport),
        (SecondFactor, account.SecondFactorExport),
        (AddressChange, account.AddressChangeExport),
        (Mail, account.MailExport),
        (Suppression, account.SuppressionExport),
        (OneTimeLink, account.LinkExport),
        (RemovalNotice, account.RemovalNoticeExport),
        (Usage, account.UsageExport),
        (Payment, PaymentExport),
    ],
)
def test_each_field_is_exported_or_left_out_for_a_reason(stored, exported):
    names = {field.name for field in fields(stored)}

    assert names - exported.model_fields.keys() - LEFT_OUT.keys() == set()

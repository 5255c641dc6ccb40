"""The export of an account has everything that is stored of it."""

from dataclasses import fields
from pathlib import Path

import pytest

from docket.domain.address_change import AddressChange
from docket.domain.export import Archive, Export
from docket.domain.limits import Usage
from docket.domain.mail import Mail, Suppression
from docket.domain.one_time_link import OneTimeLink
from docket.domain.payment import Payment
from docket.domain.second_factor import SecondFactor
from docket.domain.user import AccountAccess, Session, User
from docket.schemas import account_exports as account
from docket.schemas.auth import ProfileResponse
from docket.schemas.base import ResponseModel
from docket.schemas.export_files import DocumentExport, OrderExport, PaymentExport
from docket.schemas.exports import ExportResponse
from docket.table import keys
from docket.table.known_devices import KnownDevice
from infra import export_schema
from tests.make import THEN

EXPORT = Export.requested("E1", "ada", "en", at=THEN)
DATA_MODEL = Path(__file__).parents[4] / "docs/data-model.md"
FILES: dict[str, type[ResponseModel]] = {
    "account.json": account.AccountExport,
    "order.json": OrderExport,
    "document.json": DocumentExport,
}


def entities():
    """The names in the first table of the docstring of the keys."""
    table = keys.__doc__.split("\n\n")[1].splitlines()
    return [line[: line.index("  ")] for line in table[2:]]


def documented():
    """The rows of the documentation: each entity, where it is, and why it is left out."""
    _, _, table = DATA_MODEL.read_text().partition(
        "| entity | where it is | why it is left out |\n"
    )
    rows = table.partition("\n\n")[0].splitlines()[1:]
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


def test_each_entity_is_exported_or_left_out_for_a_reason():
    """A new entity of the table belongs into the export, or into the reasons."""
    rows = documented()

    assert [entity for entity, _, _ in rows] == entities()
    for entity, where, reason in rows:
        assert bool(where) != bool(reason), entity


def test_what_is_exported_is_where_the_documentation_says():
    for entity, where, _ in documented():
        if where:
            file, field = where.replace("`", "").split(": ")
            assert field in FILES[file].model_fields, entity


LEFT_OUT = {
    "user_id": "it is the account's own",
    "version": "counts changes, whose times are elsewhere",
    "user_version": "counts changes, whose times are elsewhere",
    "refresh_hash": "a hash of a secret",
    "token_hash": "a hash of a secret",
    "sealed_secret": "a secret",
    "recovery_hashes": "hashes of secrets: their number is exported",
    "last_step": "the period of a code that was used",
    "disabled_at": "such an account is not exported",
    "deleting_at": "such an account is not exported",
    "address": "of a mail to the account; one to another address has `to`",
    "owner": "it is the account",
    "about": "the id of what a link confirms",
    "device": "its fields are those of the session",
    "money": "its fields are those of the payment",
    "order_id": "its file is that of the order",
    "revision": "counts changes of the order",
    "failure": "its fields are those of the payment",
    "refund": "as `refund_status`",
    "dispute": "as `dispute_status`",
    "amount_lost": "what a dispute has cost the service",
    "is_withheld": "whether content is shown, which `document.json` does or does not",
}
"""Fields of what is stored that are not in the export by their own name."""


@pytest.mark.parametrize(
    ("stored", "exported"),
    [
        (User, ProfileResponse),
        (Session, account.SessionExport),
        (AccountAccess, account.AccessExport),
        (KnownDevice, account.DeviceExport),
        (SecondFactor, account.SecondFactorExport),
        (AddressChange, account.AddressChangeExport),
        (Mail, account.MailExport),
        (Suppression, account.SuppressionExport),
        (OneTimeLink, account.LinkExport),
        (Usage, account.UsageExport),
        (Payment, PaymentExport),
    ],
)
def test_each_field_is_exported_or_left_out_for_a_reason(stored, exported):
    names = {field.name for field in fields(stored)}

    assert names - exported.model_fields.keys() - LEFT_OUT.keys() == set()


def test_the_published_schema_is_that_of_the_models():
    """If not: `make openapi`."""
    assert export_schema.FILE.read_text() == export_schema.text()


def test_archives_are_shown_when_all_are_made():
    begun = EXPORT.with_archive(Archive(id="A1", size_bytes=7), "O1", at=THEN)

    assert ExportResponse.of(begun, at=THEN).archives == []
    ready = ExportResponse.of(begun.ready(at=THEN), at=THEN)
    assert [archive.size for archive in ready.archives] == [7]

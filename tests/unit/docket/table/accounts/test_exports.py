from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.accounts.export import Archive, Export
from docket.table.accounts import exports
from tests.make import THEN

pytestmark = pytest.mark.usefixtures("table")

EXPORT = Export.requested("E1", "ada", "en", at=THEN)
LATER = THEN + timedelta(minutes=5)


def test_an_expired_export_is_stored_for_a_month():
    exports.request(EXPORT)
    ready = EXPORT.ready(at=LATER)
    exports.record(EXPORT, ready, at=LATER)

    assert exports.find("ada", at=ready.expires_at) == ready
    assert exports.find("ada", at=ready.expires_at + timedelta(days=30)) is None


def test_an_expired_export_is_replaced():
    exports.request(EXPORT)
    ready = EXPORT.ready(at=LATER)
    exports.record(EXPORT, ready, at=LATER)

    again = Export.requested("E2", "ada", "en", at=ready.expires_at)
    assert exports.request(again) == again


def test_an_export_that_is_being_made_is_not_replaced():
    exports.request(EXPORT)

    assert exports.request(Export.requested("E2", "ada", "en", at=LATER)) == EXPORT


def test_a_failed_export_is_replaced():
    exports.request(EXPORT)
    assert exports.record(EXPORT, EXPORT.failed(), at=LATER)

    again = Export.requested("E2", "ada", "en", at=LATER)
    assert exports.request(again) == again


def test_only_the_first_worker_records_an_archive():
    exports.request(EXPORT)
    first = EXPORT.with_archive(Archive(id="A1", size_bytes=1), "O1", at=LATER)
    second = EXPORT.with_archive(Archive(id="A2", size_bytes=1), "O1", at=LATER)

    assert exports.record(EXPORT, first, at=LATER)
    assert not exports.record(EXPORT, second, at=LATER)
    assert exports.find("ada", at=LATER) == first


def test_a_worker_of_an_earlier_export_records_nothing():
    exports.request(EXPORT)

    assert not exports.record(replace(EXPORT, id="E0"), EXPORT.ready(at=LATER), at=LATER)

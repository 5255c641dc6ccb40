from datetime import timedelta

from docket.domain.accounts.export import Archive, Export, ExportState
from tests.make import THEN

EXPORT = Export.requested("E1", "ada", "en", at=THEN)


def test_an_export_is_offered_for_a_week():
    ready = EXPORT.with_archive(Archive(id="A1", size_bytes=1), "O1", at=THEN).ready(at=THEN)

    assert ready.state is ExportState.READY
    assert ready.expires_at == THEN + timedelta(days=7)
    assert ready.is_offered(ready.expires_at - timedelta(seconds=1))
    assert not ready.is_offered(ready.expires_at)
    assert ready.is_expired(ready.expires_at)
    assert not EXPORT.is_offered(THEN)
    assert not EXPORT.is_expired(ready.expires_at)


def test_a_failed_export_may_be_requested_again_at_once():
    assert EXPORT.failed().next_request_at == THEN
    assert EXPORT.next_request_at == THEN + timedelta(hours=1)


def test_an_export_is_overdue_after_a_day():
    assert not EXPORT.is_overdue(THEN + timedelta(hours=23))
    assert EXPORT.is_overdue(THEN + timedelta(days=1))

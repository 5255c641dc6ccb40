from datetime import timedelta

import pytest

from docket.domain.accounts.export import Export, ExportState
from docket.domain.debt import DebtClass
from docket.table import debts, keys
from docket.table.accounts import exports
from docket.workflows.debts import export_debts
from tests.make import THEN, an_audit_context

EXPORT = Export.requested("E1", "ada", "en", at=THEN)


def settle(at):
    exports.request(EXPORT)
    by = THEN + timedelta(days=2)
    (due,) = debts.due(DebtClass.HOUSEKEEPING, keys.shard("ada"), by=by, limit=1)
    claim = debts.reserve(due, until=by)
    assert claim
    export_debts.settle(claim, an_audit_context("worker", at=at))


@pytest.mark.usefixtures("table")
def test_an_archive_is_requested_again(queues):
    settle(THEN + timedelta(minutes=20))

    assert queues["exports"].receive_all() == [{"v": 1, "user_id": "ada", "export_id": "E1"}]


def test_an_overdue_export_fails(queues):
    settle(THEN + timedelta(days=1))

    export = exports.find("ada", at=THEN)
    assert export
    assert export.state is ExportState.FAILED
    assert queues["exports"].receive_all() == []

"""The rest of it is tested by its function: tests/unit/functions/events/test_export_account.py."""

import pytest

from docket.domain.accounts.export import Export
from docket.gateways.queues import ExportMessage
from docket.table.accounts import exports
from docket.workflows.accounts import export_worker
from tests.make import THEN


@pytest.mark.usefixtures("queues")
def test_an_export_that_was_replaced_is_not_made():
    stored = exports.request(Export.requested("E1", "ada", "en", at=THEN))

    export_worker.make_archive(ExportMessage(user_id="ada", export_id="E0"), until=THEN)

    assert exports.find("ada", at=THEN) == stored

"""The rest of it is tested by its functions: tests/unit/functions/events/test_export_account.py."""

import pytest

from docket.domain.errors import ExportNotFound
from docket.gateways import queues as queue_gateway
from docket.gateways.queues import ExportMessage
from docket.runtime import config
from docket.table.accounts import exports
from docket.workflows.accounts import export as export_workflow
from tests.make import THEN
from tests.table_state import open_session


def test_a_request_stands_if_its_worker_cannot_be_called(queues, monkeypatch):
    monkeypatch.setenv("DOCKET_EXPORTS_QUEUE_URL", f"{queues['exports'].url}-absent")
    config._load.cache_clear()

    export = export_workflow.request(open_session(at=THEN), "en", at=THEN)

    assert exports.find("ada", at=THEN) == export


def test_without_an_export_there_is_no_archive(queues):
    with pytest.raises(ExportNotFound):
        export_workflow.archive_url("ada", 1, at=THEN)


def test_a_message_is_read_as_it_was_sent(queues):
    message = ExportMessage(user_id="ada", export_id="E1")
    queue_gateway.request_archive(message)

    (record,) = queues["exports"].deliver()
    assert queue_gateway.parse_export(record["body"]) == message

import itertools
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from docket.domain.errors import StorageUnreachable
from docket.gateways import s3
from docket.runtime.clock import now
from docket.table import analyses, client, documents, erasures, orders
from docket.table.analyses import Analysis
from docket.workflows import erasure
from docket.workflows.erasure import LAST_WRITE, RETRY
from tests.make import OID, a_document, a_read_document, an_event, an_order
from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")

FAR = timedelta(days=1)


@pytest.fixture(autouse=True)
def order(service):
    orders.create_order(an_order(), an_event("opened"))


def a_stored_document(bucket, name="invoice.pdf"):
    """A document of the order with its file, its result, a page image and a part."""
    document = a_read_document(name)
    bucket.upload(document.id)
    store_result(document)
    documents.add("ada", document, an_event("document_added"))
    analysis = Analysis(document_id=document.id, version="v1", facts={})
    client.write(analyses.put_analysis(OID, analysis))
    return document


def store_result(document):
    s3.put_result(document.id, "v1", b"{}")
    s3.put_page_image(document.id, "v1", 0, "thumbnail", b"webp")
    s3.put_part(document.id, "v1", range(12), b"{}")


def stored_names(document, bucket):
    """The keys and items that are still stored for it, except those of the audit trail."""
    items = client.dynamodb().scan(TableName="docket")["Items"]
    entries = [item["SK"]["S"] for item in items if not item["SK"]["S"].startswith("EVENT#")]
    return [name for name in (*bucket.every_version(), *entries) if document.id in name]


def remove(document):
    return call("documents/delete", document_id=document.id)


@contextmanager
def failing(monkeypatch, number, *, effect):
    """The AWS call with that number fails: before its effect, or after it like a lost reply."""
    numbers, failed = itertools.count(), []
    make_call = vars(BaseClient)["_make_api_call"]

    def fail(self, operation, parameters):
        if next(numbers) != number:
            return make_call(self, operation, parameters)
        failed.append(operation)
        if effect:
            make_call(self, operation, parameters)
        raise ClientError({"Error": {"Code": "InternalServerError"}}, operation)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", fail)
        yield failed


@pytest.mark.parametrize("effect", [False, True])
def test_a_removed_document_is_erased_whichever_call_fails(bucket, monkeypatch, effect):
    operations = set()
    for number in itertools.count():
        document = a_stored_document(bucket, f"{number}.pdf")
        with failing(monkeypatch, number, effect=effect) as failed:
            remove(document)
            for later in (timedelta(), LAST_WRITE):
                with suppress(ClientError):
                    erasure.erase_due(now() + later)

        assert remove(document).status in {200, 404}
        for later in (LAST_WRITE + RETRY, FAR):
            assert erasure.erase_due(now() + later)[1] == 0

        assert stored_names(document, bucket) == []
        operations.update(failed)
        if not failed:
            break
    assert operations >= {"TransactWriteItems", "Query", "ListObjectVersions", "DeleteObjects"}


def test_a_result_that_is_stored_after_the_removal_is_erased(bucket):
    document = a_document()
    documents.add("ada", document, an_event("document_added"))
    version = bucket.upload(document.id)
    documents.start_reading("ada", document.id, version, order_id=OID, at=now(), quarantined=False)

    remove(document)
    erasure.erase_due(now())
    store_result(document)
    bucket.upload(document.id)
    assert stored_names(document, bucket) != []
    erasure.erase_due(now() + LAST_WRITE)

    assert stored_names(document, bucket) == []
    assert erasures.due(now() + FAR, limit=9) == []


def test_a_failed_erasure_is_retried_later_without_delaying_others(bucket, monkeypatch):
    first, second = (a_stored_document(bucket, name) for name in ("a.pdf", "b.pdf"))
    remove(first)
    remove(second)
    erase = s3.erase

    def refuse(user_id, document_id):
        if document_id == first.id:
            raise StorageUnreachable
        erase(user_id, document_id)

    with monkeypatch.context() as patch:
        patch.setattr(s3, "erase", refuse)
        assert erasure.erase_due(now()) == (2, 1)
        assert erasure.erase_due(now()) == (0, 0)

    assert erasure.erase_due(now() + RETRY) == (1, 0)
    assert [name for name in bucket.every_version() if first.id in name] == []


def test_the_last_erasure_is_after_every_started_ingestion():
    assert timedelta(seconds=300) + s3.UPLOAD_FORM_LIFETIME < LAST_WRITE

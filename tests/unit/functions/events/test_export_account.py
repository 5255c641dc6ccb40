"""An account is exported whole, whatever interrupts the worker."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from zipfile import ZipFile

import jsonschema_rs
import pytest
from botocore.client import BaseClient

from docket.auth import accounts
from docket.domain.accounts.address_change import AddressChange
from docket.domain.accounts.device import token_hash
from docket.domain.accounts.export import ExportState
from docket.domain.accounts.mail import MailKind, SuppressionReason, mailbox_of
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.retention import RemovalNotice
from docket.domain.accounts.second_factor import SecondFactor, UsedCode
from docket.domain.idempotency import IdempotencyKey
from docket.domain.orders.correction import Correction, Statement, Verdict
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.gateways import export_objects, s3
from docket.runtime.clock import new_id, now
from docket.runtime.logging import HandlerFailed
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client, idempotency_keys, keys
from docket.table.accounts import (
    account_access,
    account_retention,
    address_changes,
    api_keys,
    exports,
    known_devices,
    mails,
    one_time_links,
    passkeys,
    second_factors,
    sessions,
    suppressions,
    users,
)
from docket.table.debts import Claim
from docket.table.documents import corrections, documents
from docket.table.orders import analyses, contents
from docket.table.orders.analyses import Analysis
from docket.table.orders.contents import Content
from docket.workflows.accounts import export as export_workflow
from docket.workflows.accounts import export_archives
from docket.workflows.documents.facts.reviewed_facts import fact_ids
from functions.events import export_account
from infra.export_schema import EXPORT
from tests.dynamodb_faults import lost_replies
from tests.lambda_events import Context
from tests.make import OID, OTHER_OID, THEN, a_document, a_payment, a_read_document, an_order
from tests.make_people import a_mail, a_passkey, a_session, an_api_key
from tests.reading import a_gross_fact
from tests.table_state import open_session, save, stored

pytestmark = pytest.mark.usefixtures("jwt_stage", "queues")

PASSWORD = "seven purple bicycles"


def stored_document(bucket, document):
    """The document with its file, its result and its facts."""
    upload = bucket.upload(document.id, b"bytes", user_id=document.user_id)
    s3.put_result(document.id, 1, json.dumps({"document": document.id}).encode())
    facts = {"facts": [a_gross_fact()]}
    analysis = Analysis(document_id=document.id, attempt=1, facts=facts, hashes=("h",))
    client.write(analyses.put_analysis(OID, analysis))
    return replace(document, file=upload.file)


NEW_ADDRESS = "lovelace@example.com"
SECRETS = ("secret-of-the-app", "hash-of-a-code", "t" * 43)


def store_account(user):
    """Something of every entity of an account beside its orders."""
    _, link = one_time_links.create(LinkPurpose.RESET_PASSWORD, user, user.address, at=THEN)
    client.write(*users.verify_writes(link))
    key = IdempotencyKey(user_id=user.id, operation="orders", key="K1", request="{}")
    factor = SecondFactor(user_id=user.id, sealed_secret=SECRETS[0], created_at=THEN)
    second_factors.begin(factor)
    api_keys.create(an_api_key(user_id=user.id), a_mail("eve@example.com", id="M5"))
    answered = passkeys.answered(b"challenge", until=THEN, used_by="R1")
    passkeys.add(a_passkey(user_id=user.id), answered, a_mail("eve@example.com", id="M7"))
    client.write(
        second_factors.confirm_write(factor, UsedCode(step=1), [SECRETS[1]], at=THEN, used_by="r"),
        address_changes.put(AddressChange.requested("C1", user, NEW_ADDRESS, at=THEN)),
        sessions.put(a_session(id=new_id(), user_id=user.id)),
        account_access.session_ended_write(user.id, at=THEN),
        known_devices.remember_write(user.id, SECRETS[2], version=0, at=THEN),
        one_time_links.put(link),
        mails.put(a_mail()),
        mails.put(a_mail(id="M2", to="Ada@example.com", requested_by="eve")),
        mails.put(a_mail(NEW_ADDRESS, id="M3", to=NEW_ADDRESS, requested_by=user.id)),
        mails.put(a_mail(NEW_ADDRESS, id="M4")),
        idempotency_keys.put(key, OID, at=now()),
    )
    paid = DuplicateOf(order_id=OID, document_id=f"{OID}-1")
    contents.record_paid(Content(user_id=user.id, sha256="ab", paid=paid))
    suppressions.suppress(mailbox_of(user.address), SuppressionReason.BOUNCE, at=THEN)
    profile = account_retention.owed(user)
    debt = Claim(key=keys.user(user.id), due_key=profile["GSI2SK"], item=profile, failures=0)
    notice = RemovalNotice(at=THEN, removal_at=THEN + timedelta(days=30))
    account_retention.notify(debt, notice, a_mail("eve@example.com", id="M6"))


def a_correction(user_id):
    """The customer has corrected the fact of the document to nine euros."""
    fact = a_gross_fact()
    nine = {"value": "EUR 9.00", "normalised": {"minor": 900, "currency": "eur"}}
    return Correction(
        fact_id=fact_ids([fact])[0],
        verdict=Verdict.CORRECTED,
        read=fact,
        stated=Statement.of(fact | nine),
        user_id=user_id,
        at=THEN,
    )


@pytest.fixture
def ada(bucket, queues):
    """The id of a customer with a paid order of two documents, and an unpaid one of one."""
    user = accounts().register(
        RegisterRequest(email="ada@example.com", password=PASSWORD), key=None, at=now()
    )
    elsewhere = DuplicateOf(order_id=OTHER_OID, document_id=f"{OTHER_OID}-1")
    read = a_read_document("a:b.pdf", user_id=user.id, review_version=1)
    read = stored_document(bucket, read)
    client.write(corrections.put_write(read.id, a_correction(user.id)))
    free = a_read_document("a.pdf", user_id=user.id, duplicate_of=elsewhere)
    free, waiting = stored_document(bucket, free), a_document("c.pdf", user_id=user.id)
    order = an_order(
        read,
        free,
        waiting,
        user_id=user.id,
        payment=a_payment(user_id=user.id),
        status=OrderStatus.COMPLETED,
        analysed_at=THEN,
    )
    save(order, read, free, waiting)
    save(an_order(id=OTHER_OID, user_id=user.id))
    store_account(user)
    return user.id


@pytest.fixture
def export(ada):
    return export_workflow.request(open_session(ada, new_id()), "en", at=now())


def deliver(queues, seconds=900.0):
    records = queues["exports"].deliver()
    if records:
        export_account.handler({"Records": records}, Context(seconds=seconds))
    return bool(records)


def current_export(user_id):
    return exports.find(user_id, at=now())


def finished(queues, user_id):
    while deliver(queues):
        pass
    return current_export(user_id)


def contents_of(export):
    """The files of all archives of an export, by path. None is in two archives."""
    found = {}
    for archive in export.archives:
        body = s3._s3().get_object(Bucket="documents", Key=export_objects._key(export, archive))
        with ZipFile(io.BytesIO(body["Body"].read())) as archive_file:
            assert archive_file.testzip() is None
            for name in archive_file.namelist():
                assert name not in found
                found[name] = archive_file.read(name)
    return found


def test_everything_of_the_account_is_in_its_archive(export, queues):
    ready = finished(queues, export.user_id)
    content = contents_of(ready)

    account = json.loads(content["account.json"])
    assert account["profile"]["email"] == "ada@example.com"
    assert [order["id"] for order in account["orders"]] == [OID, OTHER_OID]
    for entry in account["orders"]:
        for path in json.loads(content[entry["path"]])["documents"]:
            assert path in content
    described = [json.loads(content[p]) for p in content if p.endswith("document.json")]
    assert [content[d["file"]] for d in described if d["file"]] == [b"bytes", b"bytes"]
    assert {d["document"]["filename"] for d in described} == {"a:b.pdf", "a.pdf", "c.pdf"}


def test_a_correction_is_exported_beside_what_the_reader_found(export, queues):
    content = contents_of(finished(queues, export.user_id))
    described = [json.loads(content[p]) for p in content if p.endswith("document.json")]

    (document,) = [d for d in described if d["analysis"]]
    (fact,) = document["analysis"]["facts"]
    assert (fact["value"], fact["reader_value"]["value"]) == ("EUR 9.00", "119.00")
    assert fact["review"]["by"] == export.user_id


def test_everything_beside_the_orders_is_in_one_file(export, queues):
    content = contents_of(finished(queues, export.user_id))
    account = json.loads(content["account.json"])

    assert [name for name, value in account.items() if not value] == []
    assert {mail["id"] for mail in account["mails"]} == {"M1", "M3"}
    assert account["second_factor"]["recovery_codes"] == 1
    assert account["passkeys"][0]["name"] == "Laptop"
    assert account["idempotency_keys"][0]["key"] == "K1"
    assert account["paid_contents"] == [{"sha256": "ab", "documents": [f"{OID}-1"]}]


def test_its_json_is_valid_by_the_published_schema(export, queues):
    schema = jsonschema_rs.validator_for(json.loads(EXPORT.stored))
    content = contents_of(finished(queues, export.user_id))
    described = [path for path in content if path.endswith(".json") and "result" not in path]

    assert len(described) == 6
    for path in described:
        schema.validate(json.loads(content[path]))
    assert not schema.is_valid({})


def test_it_has_no_secret(export, queues):
    text = b"".join(contents_of(finished(queues, export.user_id)).values())

    secrets = {*SECRETS, token_hash(SECRETS[2])}
    for item in stored():
        names = ("password_hash", "refresh_hash", "token_hash", "sealed_secret", "hash")
        secrets |= {item[name] for name in names if name in item}
    assert len(secrets) > len(SECRETS) + 3
    assert [secret for secret in secrets if secret.encode() in text] == []


def test_what_is_not_paid_for_any_more_is_not_opened(export, queues):
    """The content of one document was paid for in another order, whose payment was returned."""
    content = contents_of(finished(queues, export.user_id))
    described = [json.loads(content[p]) for p in content if p.endswith("document.json")]

    is_open = {d["document"]["filename"]: d["analysis"] is not None for d in described}
    assert is_open == {"a:b.pdf": True, "a.pdf": False, "c.pdf": False}
    assert sum(path.endswith("result.json") for path in content) == 1


def test_a_mail_says_that_it_is_ready(export, queues):
    finished(queues, export.user_id)

    (mail,) = [item for item in stored() if item.get("kind") == MailKind.EXPORT_READY]
    assert mail["PK"] == f"MAIL#{mailbox_of('ada@example.com')}"
    assert len(queues["mail"].receive_all()) == 1


def test_an_archive_that_is_full_is_followed_by_another(export, queues, monkeypatch):
    monkeypatch.setattr(export_archives, "MAX_BYTES", 1)
    ready = finished(queues, export.user_id)

    assert len(ready.archives) == 6
    whole = contents_of(ready)
    monkeypatch.undo()
    assert len(whole) == 9


def test_an_archive_ends_in_time(export, queues):
    deliver(queues, seconds=60)

    assert len(current_export(export.user_id).archives) == 1
    assert current_export(export.user_id).state is ExportState.MAKING


def test_lost_replies_change_nothing(export, queues):
    for skipped in range(3):
        with lost_replies(skipped=skipped):
            deliver(queues)

    ready = current_export(export.user_id)
    assert len(contents_of(ready)) == 9


@pytest.mark.parametrize("call", ["PutObject", "TransactWriteItems"])
def test_an_interrupted_worker_is_repeated(export, queues, monkeypatch, call):
    """Stopped at each call of that kind in turn, until it has made the archive.

    A stop at a read leaves what a stop after the write before it leaves.
    """
    make = vars(BaseClient)["_make_api_call"]
    (record,) = queues["exports"].deliver()
    for calls in range(1, 60):
        left = [calls]

        def stop(self, operation, parameters, left=left):
            if operation == call:
                left[0] -= 1
                if not left[0]:
                    raise KeyboardInterrupt
            return make(self, operation, parameters)

        monkeypatch.setattr(BaseClient, "_make_api_call", stop)
        try:
            export_account.handler({"Records": [record]}, Context(seconds=900))
            break
        except KeyboardInterrupt:
            continue
        finally:
            monkeypatch.setattr(BaseClient, "_make_api_call", make)

    ready = current_export(export.user_id)
    assert ready.state is ExportState.READY
    assert len(contents_of(ready)) == 9


def test_two_workers_make_one_archive(export, queues):
    (record,) = queues["exports"].deliver()
    for _ in range(2):
        export_account.handler({"Records": [record]}, Context(seconds=900))

    assert len(current_export(export.user_id).archives) == 1


def test_a_closed_account_is_not_exported(export, queues, bucket):
    client.write(account_access.deleting_write(export.user_id, at=now()))
    deliver(queues)

    assert bucket.names("exports/") == []


def test_a_file_that_was_erased_meanwhile_is_left_out(export, queues, monkeypatch):
    monkeypatch.setattr(documents, "by_ids", lambda *_: [])
    for key in s3._s3().list_object_versions(Bucket="documents", Prefix="uploads/")["Versions"]:
        s3._s3().delete_object(Bucket="documents", Key=key["Key"], VersionId=key["VersionId"])

    content = contents_of(finished(queues, export.user_id))

    assert not any("/original/" in path for path in content)


def test_a_file_that_is_missing_without_a_reason_fails(export, queues, bucket):
    for key in s3._s3().list_object_versions(Bucket="documents", Prefix="uploads/")["Versions"]:
        s3._s3().delete_object(Bucket="documents", Key=key["Key"], VersionId=key["VersionId"])
    (record,) = queues["exports"].deliver()

    with pytest.raises(HandlerFailed):
        export_account.handler({"Records": [record]}, Context(seconds=900))
    assert current_export(export.user_id).state is ExportState.MAKING

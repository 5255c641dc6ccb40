"""No function logs its input or data: addresses, names, titles, tokens, items."""

import importlib
import json
import traceback
from typing import Any

import pytest
import stripe as sdk
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from docket.auth import tokens
from docket.domain.accounts.user import Caller
from docket.domain.reason import Reason
from docket.gateways.s3 import Upload
from docket.runtime.clock import now
from infra.endpoints import ENDPOINTS, FUNCTIONS
from tests.lambda_events import Context, s3_notification, sqs_event
from tests.make import OID, a_payment, a_read_document, an_order
from tests.make_calls import a_request, call
from tests.table_state import save

MARK = "zq7mark"
DOCUMENT = a_read_document(
    f"{MARK}.pdf", headline=f"{MARK} headline", status_reason=Reason(f"{MARK} why")
)
ITEM = {"PK": {"S": f"EMAIL#{MARK}"}, "hash": {"S": f"$argon2id${MARK}"}, "title": {"S": MARK}}
BODIES = {
    "auth/register": {"email": f"{MARK}@example.com", "password": f"{MARK} bicycles purple"},
    "auth/login": {"email": f"{MARK}@example.com", "password": f"{MARK} bicycles purple"},
    "auth/refresh": {"refresh_token": f"{OID}.{OID}.{MARK:A<43}"},
    "account/update": {"full_name": MARK},
    "api_keys/create": {"name": MARK, "scopes": ["read"]},
    "auth/reauthenticate": {"password": f"{MARK} bicycles purple"},
    "orders/create": {"title": MARK},
    "orders/update_status": {"status": "cancelled"},
    "orders/update_review": {"status": "finished"},
    "documents/rename": {"title": MARK},
    "orders/add_document": {
        "filename": f"{MARK}.pdf",
        "content_type": "application/pdf",
        "size": 9,
    },
    "analyses/create": {"details": MARK},
    "passkeys/add": dict.fromkeys(("name", "credential_id", "client_data", "attestation"), MARK),
    "passkeys/rename": {"name": MARK},
    "auth/login_passkey": dict.fromkeys(
        ("credential_id", "user_handle", "client_data", "authenticator_data", "signature"), MARK
    ),
    "analyses/request_report": {"format": "pdf"},
    "payments/confirm": {"payment_id": f"pi_{MARK}"},
    "payments/webhook": {"id": MARK, "data": {"object": {"object": MARK}}},
}
MESSAGES = {
    "events/on_upload": s3_notification(
        Upload(user_id=MARK, document_id=DOCUMENT.id, upload_number=1, version=MARK)
    ),
    "events/read_document": json.dumps(
        {
            "v": 1,
            "user_id": MARK,
            "document_id": DOCUMENT.id,
            "attempt": 1,
            "upload_number": 1,
            "version": MARK,
            "filename": f"{MARK}.pdf",
            "content_type": "application/pdf",
        }
    ),
    "events/on_result": json.dumps(
        {
            "v": 1,
            "user_id": MARK,
            "document_id": DOCUMENT.id,
            "attempt": 1,
            "status": "unreadable",
            "reader_version": "7",
            "reason": {"code": "damaged", "params": {"text": MARK}},
        }
    ),
    "events/export_account": json.dumps({"v": 1, "user_id": MARK, "export_id": MARK}),
    "events/make_report": json.dumps(
        {
            "v": 1,
            "user_id": MARK,
            "order_id": MARK,
            "report_id": MARK,
            "form": "pdf",
            "language": "en",
            "table": "documents",
            "doubtful": "mark",
        }
    ),
    "events/settle_debt": json.dumps(
        {"pk": f"ORDER#{OID}", "sk": f"DOCUMENT#{MARK}", "due_key": f"{MARK}#x"}
    ),
}
NEEDS_NOTHING = {"meta/prices", "meta/health", "meta/docs", "meta/openapi", "meta/not_found"}


def a_client_error(code):
    response: Any = {
        "Error": {"Code": code, "Message": f"{MARK} in {ITEM}"},
        "Item": ITEM,
        "CancellationReasons": [{"Code": "ConditionalCheckFailed", "Item": ITEM, "Message": MARK}],
        "ResponseMetadata": {"HTTPStatusCode": 500},
    }
    return ClientError(response, "PutItem")


FAILURES = {
    "condition": a_client_error("ConditionalCheckFailedException"),
    "transaction": a_client_error("TransactionCanceledException"),
    "validation": a_client_error("ValidationException"),
    "s3": a_client_error("AccessDenied"),
    "unforeseen": RuntimeError(f"{MARK}: {ITEM}"),
    "stripe": sdk.APIConnectionError(f"{MARK} cannot be reached"),
}


def marked_event(name):
    """An event of that function with the mark in everything a caller chooses."""
    row = next((row for row in ENDPOINTS if row.name == name), None)
    if name.startswith("events/"):
        return sqs_event(MESSAGES[name]) if name in MESSAGES else {}
    if name == "auth/authorize":
        token = tokens.issue(Caller(user_id="ada", session_id=OID), at=now())
        return {"headers": {"authorization": f"Bearer {token}"}}
    if row is None:
        return a_request("GET", f"/{MARK}")
    ids = {"order_id": OID, "document_id": DOCUMENT.id, "session_id": OID, "key_id": OID}
    path = row.path.format(**ids, number=1, fact_id="0" * 16, passkey_id="0" * 32, page=1)
    headers = {"authorization": f"Bearer {MARK}", "stripe-signature": MARK, "user-agent": MARK}
    caller = {"user_id": "ada", "session_id": OID}
    cookies = (f"__Host-docket_refresh={OID}.{OID}.{MARK:A<43}",)
    return a_request(
        row.method, path, BODIES.get(name), caller=caller, headers=headers, cookies=cookies
    )


def logged(caplog, *errors):
    """All that reaches the log, with what the runtime prints of an exception that leaves."""
    parts = [str({**vars(record), "args": str(record.args)}) for record in caplog.records]
    parts += [
        "".join(traceback.format_exception(record.exc_info[1]))
        for record in caplog.records
        if record.exc_info and record.exc_info[1]
    ]
    return "\n".join(parts + ["".join(traceback.format_exception(error)) for error in errors])


@pytest.fixture
def stdout_lines(request):
    """What the loggers of every function write."""
    for row in FUNCTIONS:
        importlib.import_module(f"functions.{row.name.replace('/', '.')}")
    return request.getfixturevalue("log_stream")


@pytest.fixture
def stage(service, jwt_stage):
    """The service, whose table holds an order that is full of marks."""
    save(an_order(DOCUMENT, title=MARK, payment=a_payment()), DOCUMENT)
    tokens.issue(Caller(user_id="ada", session_id=OID), at=now())  # the key is known


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("name", [row.name for row in FUNCTIONS])
def test_a_failed_function_does_not_log_its_input(name, failure, monkeypatch, caplog, stdout_lines):
    handler = importlib.import_module(f"functions.{name.replace('/', '.')}").handler
    event = marked_event(name)

    def fail(*_args, **_keywords):
        raise FAILURES[failure]

    monkeypatch.setattr(BaseClient, "_make_api_call", fail)
    errors = []
    status = 0
    try:
        reply = handler(event, Context(60, seconds_a_look=20))
        status = reply.get("statusCode", 0)
    except Exception as error:  # noqa: BLE001 - the runtime logs every exception of a handler
        errors.append(error)

    assert MARK not in logged(caplog, *errors)
    assert MARK not in stdout_lines.getvalue()
    if name not in NEEDS_NOTHING and (errors or status >= 500):
        assert caplog.records, "a failure that is not logged"


@pytest.mark.stripe_server
@pytest.mark.parametrize("kind", ["error", "reset"])
def test_a_failure_of_stripe_does_not_log_the_order(stage, stripe, caplog, kind):
    stripe.fail_calls(kind)

    reply = call("payments/create_intent", order_id=OID)

    assert reply.status in {409, 502}
    assert MARK not in logged(caplog)

"""Every write of the table is repeatable.

When DynamoDB's reply is lost after its effect, the SDK repeats the request. The caller gets the
same answer and the table has the same items as without the loss.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from docket.domain.document import (
    WAITING_FOR_SCAN,
    Document,
    DocumentParts,
    DocumentStatus,
    Outcome,
)
from docket.domain.idempotency import IdempotencyKey
from docket.domain.order import OrderStatus
from docket.domain.payment import PaymentStatus, Reversal
from docket.domain.reason import CANCELLED_BY_CUSTOMER, Reason
from docket.domain.user import Caller
from docket.table import (
    analyses,
    attributes,
    client,
    documents,
    erasures,
    keys,
    orders,
    rate_limits,
    sessions,
    users,
)
from docket.table import payments as payment_table
from docket.table.analyses import Analysis
from tests.dynamodb_faults import lost_replies
from tests.make import (
    OID,
    THEN,
    a_document,
    a_payment,
    a_read_document,
    an_event,
    an_intent,
    an_order,
)
from tests.make_people import a_credential, a_session

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=5)
OPENED, CHANGED = an_event("opened"), an_event("cancelled", at=LATER, facts={"pages": 2})
ATTACHED = an_event("payment_started")
IDEMPOTENCY_KEY = IdempotencyKey(user_id="ada", operation="order", key="key-1", request="{}")
DOCUMENT, PARTS = a_document(), DocumentParts((0, 12, 20))
READING = a_document(status=DocumentStatus.READING, version="v1", reading_since=THEN)
READ = Outcome(reader_version="1", page_count=3, charged_pages=2, kind="invoice")
ANALYSIS = Analysis(document_id=DOCUMENT.id, version="v1", facts={"facts": [{"box": [0.5]}]})
ADA, CREDENTIAL = Caller(user_id="ada", session_id="S1"), a_credential()

REBUILT = {"counted", "undone", "attempt"}
"""Attributes that hold a random id of the attempt."""


@dataclass(frozen=True)
class Case:
    act: Callable[[], Any]
    setup: Callable[[], object] = lambda: None


def saved(*documents_: Document, **fields: Any) -> Callable[[], None]:
    return lambda: _save(*documents_, **fields)


def _save(*documents_: Document, **fields: Any) -> None:
    orders.create_order(an_order(documents=documents_, **fields), OPENED)


def get_order():
    return orders.get("ada", OID)


def check(next_check):
    ((due_key, order),) = orders.due(LATER, due_class=keys.DUE_WORK, limit=9)
    return orders.reschedule(order, due_key, next_check=next_check)


def start(document=DOCUMENT, version="v1"):
    return documents.start_reading(
        "ada", document.id, version, order_id=OID, at=LATER, quarantined=False
    )


def split():
    return documents.split(get_order(), READING, PARTS)


def finish():
    also = analyses.put_analysis(OID, ANALYSIS)
    return documents.finish_reading(get_order(), READING, READ, CHANGED, also)


def begin(network="203.0.113.7"):
    attempt = rate_limits.begin("ada@example.com", network, network_limit=9, at=THEN)
    return replace(attempt, id="")


def undo_count(network):
    rate_limits.begin("ada@example.com", network, network_limit=9, at=THEN)
    return rate_limits.undo_count(
        rate_limits.begin("ada@example.com", network, network_limit=9, at=THEN)
    )


def record_reversal():
    reversal = Reversal(payment_intent_id="pi_1", amount_refunded=250)
    return payment_table.record_reversal(
        OID, an_intent(), reversal, CHANGED, reason=None, stripe_event="evt_1"
    )


def attach_another():
    payment_table.attach(get_order(), a_payment(payment_intent_id="pi_2"), ATTACHED)


def replace_payment():
    _save(a_read_document(), payment=a_payment())
    attach_another()


def put_erasure():
    client.write(erasures.put(ERASURE))


PAID = a_payment(status=PaymentStatus.SUCCEEDED, paid_at=THEN)
ERASURE = erasures.Erasure(user_id="ada", order_id=OID, document_id=DOCUMENT.id, removed_at=THEN)
unreadable = replace(
    DOCUMENT, status=DocumentStatus.UNREADABLE, version="v1", status_reason=Reason("damaged")
)
payable = saved(a_read_document(), payment=a_payment())
paying = saved(
    a_read_document(),
    payment=a_payment(),
    status=OrderStatus.PROCESSING,
)

CASES = {
    "orders.create_order": Case(lambda: orders.create_order(an_order(), OPENED)),
    "orders.create_order under a key": Case(
        lambda: orders.create_order(an_order(), OPENED, IDEMPOTENCY_KEY)
    ),
    "orders.reschedule": Case(lambda: check(LATER), saved(DOCUMENT)),
    "orders.reschedule for the last time": Case(lambda: check(None), saved(DOCUMENT)),
    "orders.cancel": Case(
        lambda: orders.cancel(get_order(), CHANGED, reason=CANCELLED_BY_CUSTOMER), saved()
    ),
    "orders.request_analysis": Case(
        lambda: orders.request_analysis("ada", OID, CHANGED), saved(DOCUMENT)
    ),
    "documents.add": Case(lambda: documents.add("ada", DOCUMENT, CHANGED), saved()),
    "documents.add under a key": Case(
        lambda: documents.add("ada", DOCUMENT, CHANGED, IDEMPOTENCY_KEY), saved()
    ),
    "documents.renew_upload_form": Case(
        lambda: documents.renew_upload_form("ada", DOCUMENT.id, order_id=OID, at=LATER),
        saved(DOCUMENT),
    ),
    "documents.remove": Case(
        lambda: documents.remove("ada", DOCUMENT.id, CHANGED, order_id=OID), saved(DOCUMENT)
    ),
    "documents.start_reading": Case(start, saved(DOCUMENT)),
    "documents.start_reading again": Case(start, saved(READING)),
    "documents.start_reading of another version": Case(
        lambda: start(version="v2"), saved(unreadable)
    ),
    "documents.read_again": Case(
        lambda: documents.read_again(get_order(), a_read_document(), CHANGED),
        saved(a_read_document()),
    ),
    "documents.split": Case(split, saved(READING)),
    "documents.wait_for_scan": Case(
        lambda: documents.wait_for_scan(get_order(), READING), saved(READING)
    ),
    "documents.end_quarantine": Case(
        lambda: documents.end_quarantine(get_order(), READING, at=LATER),
        saved(replace(READING, status_reason=WAITING_FOR_SCAN)),
    ),
    "documents.finish_part": Case(
        lambda: documents.finish_part(get_order(), READING, 0, at=LATER),
        saved(replace(READING, parts=PARTS)),
    ),
    "documents.finish_reading": Case(finish, saved(READING)),
    "documents.finish_reading of a paid order": Case(
        finish, saved(READING, status=OrderStatus.COMPLETED)
    ),
    "payments.attach": Case(
        lambda: payment_table.attach(get_order(), a_payment(), CHANGED), saved(a_read_document())
    ),
    "payments.complete": Case(lambda: payment_table.complete(OID, an_intent(), CHANGED), payable),
    "payments.complete by an event": Case(
        lambda: payment_table.complete(OID, an_intent(), CHANGED, stripe_event="evt_1"), payable
    ),
    "payments.record_processing": Case(
        lambda: payment_table.record_processing(OID, an_intent(), CHANGED, stripe_event="evt_1"),
        payable,
    ),
    "payments.record_failed": Case(
        lambda: payment_table.record_failed(
            OID, an_intent(), CHANGED, reason=Reason("payment_declined"), stripe_event="evt_1"
        ),
        paying,
    ),
    "payments.record_reversal": Case(record_reversal, payable),
    "payments.forget_replaced": Case(
        lambda: payment_table.forget_replaced(get_order(), "pi_1"),
        replace_payment,
    ),
    "payments.wait_for_documents": Case(
        lambda: payment_table.wait_for_documents(OID, an_intent(), CHANGED, stripe_event="evt_1"),
        saved(READING, payment=a_payment()),
    ),
    "payments.complete_waiting": Case(
        lambda: payment_table.complete_waiting(get_order(), CHANGED),
        saved(a_read_document(), payment=PAID, status=OrderStatus.PROCESSING),
    ),
    "payments.give_up": Case(
        lambda: payment_table.give_up(get_order(), PAID, CHANGED),
        saved(READING, payment=PAID, status=OrderStatus.PROCESSING),
    ),
    "erasures.postpone": Case(lambda: erasures.postpone(ERASURE, until=LATER), put_erasure),
    "erasures.finish": Case(lambda: erasures.finish(ERASURE), put_erasure),
    "erasures.erase_analysis": Case(
        lambda: erasures.erase_analysis(ERASURE),
        lambda: client.write(analyses.put_analysis(OID, ANALYSIS)),
    ),
    "sessions.put": Case(lambda: client.write(sessions.put(a_session()))),
    "sessions.rotate": Case(
        lambda: sessions.rotate(ADA, old="current", new="new", at=THEN, until=LATER),
        lambda: client.write(sessions.put(a_session())),
    ),
    "sessions.end": Case(
        lambda: sessions.end(ADA), lambda: client.write(sessions.put(a_session()))
    ),
    "rate_limits.begin": Case(begin),
    "rate_limits.begin from IPv6": Case(lambda: begin("2001:db8:1:2::")),
    "rate_limits.undo_count": Case(lambda: undo_count("203.0.113.7")),
    "rate_limits.undo_count from IPv6": Case(lambda: undo_count("2001:db8:1:2::")),
    "rate_limits.count_registration": Case(
        lambda: rate_limits.count_registration("203.0.113.7", most=9, at=THEN)
    ),
    "rate_limits.count_registration up to the limit": Case(
        lambda: rate_limits.count_registration("203.0.113.7", most=1, at=THEN)
    ),
    "rate_limits.count_registration from IPv6": Case(
        lambda: rate_limits.count_registration("2001:db8:1:2::", most=9, at=THEN)
    ),
    "users.add": Case(lambda: users.add(CREDENTIAL)),
    "users.rename": Case(
        lambda: users.rename(CREDENTIAL.user, "Ada Lovelace"), lambda: users.add(CREDENTIAL)
    ),
    "users.reserve": Case(lambda: users.reserve("ada@example.com", "mine", at=THEN)),
    "users.password_hash_write": Case(
        lambda: client.write(
            sessions.put(a_session()), users.password_hash_write(CREDENTIAL, "new")
        ),
        lambda: users.add(CREDENTIAL),
    ),
}


def contents():
    """All items of the table, in the order of their keys."""
    items = [attributes.from_attributes(item) for item in _scan()]
    visible = [{name: item[name] for name in item.keys() - REBUILT} for item in items]
    return sorted(visible, key=lambda item: (item["PK"], item["SK"]))


def _scan():
    return client.dynamodb().scan(TableName="docket")["Items"]


def delete_all():
    for item in _scan():
        key = {"PK": item["PK"], "SK": item["SK"]}
        client.dynamodb().delete_item(TableName="docket", Key=key)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("times", [1, 2])
def test_a_write_with_a_lost_reply_has_the_same_result(case, times):
    case.setup()
    answer, stored = case.act(), contents()
    delete_all()
    case.setup()

    with lost_replies(times) as sent:
        repeated = case.act()

    assert len(sent) > times
    assert repeated == answer
    assert contents() == stored


TABLE = Path(client.__file__).parent
SHARED = {"orders.write", "orders.create_once"}
"""Functions that other modules of the table write with."""


def calls(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


def writers() -> set[str]:
    """The public functions of the table that write, directly or not."""
    functions = [
        (path.stem, node)
        for path in TABLE.glob("*.py")
        if path.stem != "client"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]
    writers = {"write", "update"}
    while more := {node.name for _, node in functions if calls(node) & writers} - writers:
        writers |= more
    return {
        f"{module}.{node.name}"
        for module, node in functions
        if calls(node) & writers and not node.name.startswith("_")
    }


def test_every_case_is_named_for_a_function():
    functions = {
        f"{path.stem}.{node.name}"
        for path in TABLE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }

    assert {name.partition(" ")[0] for name in CASES} - functions == set()


def test_every_writing_function_has_a_case():
    assert writers() - SHARED <= {name.partition(" ")[0] for name in CASES}
    assert len(writers()) > 20

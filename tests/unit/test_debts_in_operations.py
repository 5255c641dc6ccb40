"""The page on operations lists every debt.

The examples are one of each row. Together they reach every place where `docket.domain.debt` states
a debt, so a debt that is added needs an example, and a row.
"""

import ast
import re
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from docket.domain import debt
from docket.domain.accounts.deletion import Deletion
from docket.domain.accounts.export import Export
from docket.domain.accounts.retention import RemovalNotice, RetainedAccount
from docket.domain.debt import Debtor, due
from docket.domain.orders.document import WAITING_FOR_SCAN
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import Report, ReportOptions
from docket.domain.payments.payment import DisputeStatus, PaymentStatus, RefundStatus
from docket.domain.payments.refund import BACK_OFF, Refund, RefundReason
from docket.domain.task import Task, TaskKind, UnhandledEvent
from tests.make import OID, THEN, a_document, a_payment, a_reading_document, an_order
from tests.make_people import a_mail

PAGE = Path(__file__).parents[2] / "docs/operations.md"
SOURCE = Path(debt.__file__)

PAID = a_payment(status=PaymentStatus.SUCCEEDED, promised_at=THEN + timedelta(hours=2))
REFUND = Refund.owed(PAID, RefundReason.QUOTE_CHANGED, at=THEN)
ERASE = Task(kind=TaskKind.ERASE, user_id="ada", order_id=OID, subject="d", created_at=THEN)

EXAMPLES: dict[str, Debtor] = {
    "Order: pending": an_order(),
    "Order: paid, not completed": an_order(payment=PAID, status=OrderStatus.PROCESSING),
    "Document: upload form unused": a_document(),
    "Document: being read": a_reading_document(),
    "Document: waiting for the scan": a_reading_document(
        admitted_at=None, status_reason=WAITING_FOR_SCAN
    ),
    "Document: waiting for a reader": a_reading_document(admitted_at=None),
    "Payment: open": a_payment(),
    "Payment: to be cancelled": a_payment().to_cancel(),
    "Payment: processing": a_payment(status=PaymentStatus.PROCESSING),
    "Payment: disputed": replace(PAID, dispute=DisputeStatus.OPEN),
    "Refund: owed": REFUND,
    "Refund: pending": replace(REFUND, status=RefundStatus.PENDING),
    "Refund: failed": replace(REFUND, status=RefundStatus.FAILED, attempts=1),
    "Refund: failed for good": replace(
        REFUND, status=RefundStatus.FAILED, attempts=len(BACK_OFF) + 1
    ),
    "Refund in the dashboard: failed": replace(REFUND, id="re_1", status=RefundStatus.FAILED),
    "Task: erase": ERASE,
    "Task: content": replace(ERASE, kind=TaskKind.CONTENT),
    "Task: files of a cancelled order": replace(ERASE, kind=TaskKind.FILES),
    "Event: not handled": UnhandledEvent(event_id="evt_1", failed_at=THEN),
    "Deletion of an account": Deletion(
        user_id="ada",
        email="ada@example.com",
        language="en",
        requested_at=THEN,
        mail_id="M1",
        is_address_free=True,
    ),
    "Account: no notice": RetainedAccount(id="ada", created_at=THEN),
    "Account: notice given": RetainedAccount(
        id="ada",
        created_at=THEN,
        removal_notice=RemovalNotice(at=THEN, removal_at=THEN + timedelta(days=30)),
    ),
    "Mail: not sent": a_mail(),
    "Report: being made": Report.requested("R1", "ada", OID, ReportOptions(form="pdf"), at=THEN),
    "Export: being made": Export.requested("E1", "ada", "en", at=THEN),
}


def rows() -> dict[str, list[str]]:
    """The rows of the page's table of debts, by the first column."""
    section = PAGE.read_text().partition("\n## Debts\n")[2].partition("\n## ")[0]
    cells = [re.split(r" *\| *", line.strip("| ")) for line in section.splitlines() if "|" in line]
    return {first: rest for first, *rest in cells[2:]}


def stating_lines() -> set[int]:
    """The lines of the statements that say what is due."""
    return {
        statement.lineno
        for statement in ast.walk(ast.parse(SOURCE.read_text()))
        if isinstance(statement, ast.Return | ast.Assign)
        and any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Due"
            for node in ast.walk(statement)
        )
    }


def reached_lines() -> set[int]:
    """The lines of the module that the examples reach."""
    reached: set[int] = set()

    def trace(frame, event, _):
        if frame.f_code.co_filename != str(SOURCE):
            return None
        if event == "line":
            reached.add(frame.f_lineno)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for debtor in EXAMPLES.values():
            due(debtor, THEN)
    finally:
        sys.settrace(before)
    return reached


def test_the_page_lists_the_debts_of_the_examples():
    assert set(rows()) == set(EXAMPLES)
    assert all(len(row) == 5 and all(row) for row in rows().values())


def test_the_examples_reach_every_place_that_states_a_debt():
    assert len(stating_lines()) > 10
    assert stating_lines() - reached_lines() == set()


def test_the_page_names_the_class_of_each_debt():
    classes = {}
    for name, debtor in EXAMPLES.items():
        due_debt = due(debtor, THEN)
        assert due_debt is not None, name
        classes[name] = str(due_debt.debt_class)

    assert {name: row[0] for name, row in rows().items()} == classes

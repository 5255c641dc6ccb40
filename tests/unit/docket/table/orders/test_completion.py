from docket.domain.orders.order import OrderStatus
from docket.domain.task import TaskKind
from docket.table import tasks
from docket.table.orders import completion
from tests.make import OID, THEN, a_payment, an_audit_context, an_order

ORDER = an_order(payment=a_payment(), status=OrderStatus.COMPLETED)


def test_a_completion_names_its_payment():
    event = completion.event(ORDER, an_audit_context())

    assert (event.name, event.to_status) == ("paid", "completed")
    assert event.facts == a_payment().facts


def test_a_completion_requests_the_record_of_what_was_paid_and_marks_the_order():
    requested, mark = completion.content_writes(ORDER, at=THEN)

    task = tasks.from_item(requested.item)
    assert (task.kind, task.subject, task.user_id) == (TaskKind.CONTENT, OID, "ada")
    assert mark.item == {"PK": "USER#ada", "SK": f"UNRECORDED#{OID}"}

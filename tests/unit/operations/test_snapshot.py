"""The whole table, parsed by order."""

from docket.domain.payments.payment import PaymentStatus
from docket.domain.payments.refund import Refund, RefundReason
from docket.domain.task import Task, TaskKind
from docket.table import client, tasks
from docket.table.orders import analyses, orders
from docket.table.orders.analyses import Analysis
from operations import snapshot
from tests.make import OID, THEN, a_payment, a_read_document, a_reading_document, an_order
from tests.table_state import save


def test_a_snapshot_has_all_items_of_an_order(table):
    read, reading = a_read_document("a.pdf"), a_reading_document("b.pdf")
    payment = a_payment(status=PaymentStatus.SUCCEEDED)
    refund = Refund.owed(payment, RefundReason.QUOTE_CHANGED, at=THEN)
    order = an_order(read, reading)
    save(order, read, reading, payments=(payment,), refunds_=(refund,))
    client.write(
        analyses.put_analysis(OID, Analysis(document_id=read.id, attempt=1, facts={})),
    )

    found = snapshot.of_table()

    assert found.orders == {OID: orders.get("ada", OID)}
    assert set(found.documents[OID].values()) == {read, reading}
    assert found.payments[OID] == {"pi_1": payment}
    assert found.refunds[OID] == {"pi_1": refund}
    assert found.hashes.keys() == {read.id}
    assert found.usages["ada"].unpaid_orders == 1
    owing = {debt.key["SK"].partition("#")[0] for debt in found.debts_of(OID)}
    assert owing == {"ORDER", "DOCUMENT", "REFUND"}


def test_an_erasure_is_found_by_its_document(table):
    document = a_read_document()
    task = Task(
        kind=TaskKind.ERASE, user_id="ada", order_id=OID, subject=document.id, created_at=THEN
    )
    client.write(tasks.put(task, at=THEN))

    assert snapshot.of_table().erases(document.id)
    assert not snapshot.of_table().erases(f"{OID}-other")

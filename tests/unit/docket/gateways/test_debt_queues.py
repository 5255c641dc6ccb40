import pytest
from pydantic import ValidationError

from docket.domain.debt import DebtClass
from docket.gateways import debt_queues
from docket.gateways.debt_queues import DebtMessage

pytestmark = pytest.mark.usefixtures("queues")

MESSAGE = DebtMessage(pk="ORDER#o1", sk="PAYMENT#pi_1", due_key="2026-11-28T00:00:00#x")


@pytest.mark.parametrize("debt_class", DebtClass)
def test_each_class_has_a_queue_of_its_own(queues, debt_class):
    messages = [MESSAGE.model_copy(update={"sk": f"PAYMENT#{n}"}) for n in range(23)]

    assert debt_queues.send(debt_class, messages) == 23

    assert debt_queues.waiting(debt_class) == 23
    bodies = [record["body"] for record in queues[debt_class].deliver()]
    assert sorted(map(debt_queues.parse, bodies), key=str) == sorted(messages, key=str)
    assert [debt_queues.waiting(other) for other in DebtClass] == [0, 0, 0, 0]


def test_a_message_that_sqs_rejects_is_not_counted(monkeypatch):
    reply = {"Failed": [{"Id": "0", "SenderFault": False, "Code": "InternalError"}]}
    monkeypatch.setattr(debt_queues._sqs(), "send_message_batch", lambda **_: reply)

    assert debt_queues.send(DebtClass.WORK, [MESSAGE, MESSAGE]) == 1


def test_a_malformed_message_is_refused():
    with pytest.raises(ValidationError):
        debt_queues.parse('{"pk": "ORDER#o1"}')

from analysis import READER_VERSION
from tests.make_calls import call


def shown(order, **how):
    return call("analyses/get", order_id=order.id, **how)


def test_there_is_none_before_it_was_asked_for(order):
    order.is_read(READER_VERSION)

    assert shown(order).refusal == (404, "analysis_not_found")


def test_before_it_is_paid_no_fact_is_told(order):
    order.is_read(READER_VERSION)
    call("analyses/create", {}, order_id=order.id)

    assert "11900" not in shown(order).body


def test_when_it_is_paid_every_fact_is_told_with_its_place(order, stripe):
    order.is_read(READER_VERSION)
    order.is_paid(stripe)

    analysis = shown(order).json

    (fact,) = analysis["result"]["documents"][0]["facts"]
    assert analysis["status"] == "completed"
    assert not analysis["result"]["preview"]
    assert (fact["name"], fact["page"], fact["box"]) == ("gross", 1, [0.1, 0.2, 0.3, 0.4])


def test_anothers_is_not_found(order, stripe):
    order.is_read(READER_VERSION)
    order.is_paid(stripe)

    assert shown(order, as_user="eve").refusal == (404, "order_not_found")

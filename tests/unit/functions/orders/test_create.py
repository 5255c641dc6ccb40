import pytest

from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


def create(body=None, **fields):
    return call("orders/create", {} if body is None else body, **fields)


def listed(**fields):
    return call("orders/list", **fields).json


def test_an_order_is_opened_empty_and_costs_nothing_yet():
    reply = create({"title": "November"})

    assert reply.status == 201
    order = reply.json
    assert (order["title"], order["status"], order["user_id"]) == ("November", "pending", "ada")
    assert (order["documents"], order["quote"], order["payment"]) == ([], None, None)
    assert order["created_at"].endswith("Z")
    assert call("orders/get", order_id=order["id"]).json == order


def test_a_title_is_not_needed():
    assert create({}).json["title"] is None


def test_opening_is_the_first_thing_that_happened():
    order = create().json

    (event,) = call("orders/list_events", order_id=order["id"]).json
    assert (event["who"], event["what"], event["to"]) == ("customer", "opened", "pending")


def test_the_same_request_under_a_key_opens_one_order():
    key = {"idempotency-key": "key-1"}

    first, second = (create({"title": "x"}, headers=key) for _ in range(2))

    assert first.json == second.json
    assert len(listed()) == 1


def test_another_request_under_the_key_is_a_conflict():
    key = {"idempotency-key": "key-1"}
    create({"title": "x"}, headers=key)

    assert create({"title": "y"}, headers=key).refusal == (409, "idempotency_key_reused")
    assert len(listed()) == 1


def test_the_key_of_another_customer_is_another_key():
    key = {"idempotency-key": "key-1"}

    mine, theirs = create(headers=key).json, create(headers=key, as_user="eve").json

    assert mine["id"] != theirs["id"]
    assert [order["id"] for order in listed(as_user="eve")] == [theirs["id"]]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": "x" * 201}, "title"),
        ({"title": "two\nlines"}, "title"),
        ({"title": 7}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"status": "completed"}, "status"),
        ({"user_id": "eve"}, "user_id"),
        ({"prices": {"base": 0}}, "prices"),
    ],
)
def test_a_bad_field_is_named_and_nothing_opened(body, field):
    reply = create(body)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == [field]
    assert listed() == []


def test_who_is_not_signed_in_opens_nothing():
    assert create(as_user=None).refusal == (401, "not_signed_in")


def test_prices_that_nobody_set_are_our_fault_and_not_shown(monkeypatch):
    monkeypatch.delenv("DOCKET_PRICE_BASE")

    reply = create()

    assert reply.refusal == (500, "internal")
    assert "PRICE" not in reply.body


def test_an_order_keeps_the_prices_it_was_opened_under(monkeypatch, capsys):
    create()

    assert '"OrderOpened":[1.0]' in capsys.readouterr().out


def test_a_body_is_not_needed():
    assert call("orders/create").status == 201

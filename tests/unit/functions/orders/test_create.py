import pytest

from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


def create(body=None, **fields):
    return call("orders/create", {} if body is None else body, **fields)


def list_orders(**fields):
    return call("orders/list", **fields).json


def test_a_new_order_has_no_documents_and_no_quote():
    reply = create({"title": "November"})

    assert reply.status == 201
    order = reply.json
    assert (order["title"], order["status"], order["user_id"]) == ("November", "pending", "ada")
    assert (order["documents"], order["quote"], order["payment"]) == ([], None, None)
    assert order["created_at"].endswith("Z")
    assert call("orders/get", order_id=order["id"]).json == order


def test_a_title_is_optional():
    assert create({}).json["title"] is None


def test_the_first_event_of_an_order_is_its_creation():
    order = create().json

    (event,) = call("orders/list_events", order_id=order["id"]).json
    assert (event["who"], event["what"], event["to"]) == ("customer", "opened", "pending")


@pytest.mark.usefixtures("identity_provider")
def test_a_repeated_request_creates_one_order():
    key = {"idempotency-key": "key-1"}

    first, second = (create({"title": "x"}, headers=key) for _ in range(2))

    assert first.json == second.json
    assert len(list_orders()) == 1


def test_another_request_with_the_same_key_is_a_conflict():
    key = {"idempotency-key": "key-1"}
    create({"title": "x"}, headers=key)

    assert create({"title": "y"}, headers=key).refusal == (409, "idempotency_key_reused")
    assert len(list_orders()) == 1


def test_a_key_belongs_to_one_customer():
    key = {"idempotency-key": "key-1"}

    adas_order, eves_order = create(headers=key).json, create(headers=key, as_user="eve").json

    assert adas_order["id"] != eves_order["id"]
    assert [order["id"] for order in list_orders(as_user="eve")] == [eves_order["id"]]


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
def test_an_invalid_field_is_named(body, field):
    reply = create(body)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == [field]
    assert list_orders() == []


def test_a_request_without_a_caller_is_rejected():
    assert create(as_user=None).refusal == (401, "not_signed_in")


def test_a_missing_price_is_an_internal_error(monkeypatch):
    monkeypatch.delenv("DOCKET_PRICE_BASE")

    reply = create()

    assert reply.refusal == (500, "internal")
    assert "PRICE" not in reply.body


def test_a_created_order_is_counted(monkeypatch, capsys):
    create()

    assert '"OrderOpened":[1.0]' in capsys.readouterr().out


def test_a_body_is_optional():
    assert call("orders/create").status == 201


def test_the_limit_of_unpaid_orders_states_its_value_and_how_to_go_on(monkeypatch):
    monkeypatch.setenv("DOCKET_UNPAID_ORDERS", "1")
    first = create().json

    refused = create()
    call("orders/update_status", {"status": "cancelled"}, order_id=first["id"])

    assert refused.refusal == (409, "limit_reached")
    assert refused.json["params"] == {"context": "unpaid_orders", "most": 1}
    assert "cancel one" in refused.json["error"]
    assert create().status == 201

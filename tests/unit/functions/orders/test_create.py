import pytest

from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")

KEY = {"idempotency-key": "key-1"}


def test_an_order_is_opened_pending_and_costs_nothing_yet():
    reply = call("orders/create", {"title": "March"})

    assert reply.status == 201
    assert reply.json["status"] == "pending"
    assert reply.json["title"] == "March"
    assert (reply.json["quote"], reply.json["payment"], reply.json["documents"]) == (None, None, [])


def test_a_title_may_be_left_out():
    assert call("orders/create", {}).json["title"] is None


def test_one_request_under_a_key_makes_one_order_however_often_it_comes():
    first = call("orders/create", {"title": "March"}, headers=KEY)
    again = call("orders/create", {"title": "March"}, headers=KEY)

    assert again.json == first.json
    assert len(call("orders/list").json) == 1


def test_another_request_under_the_key_is_refused():
    call("orders/create", {"title": "March"}, headers=KEY)

    other = call("orders/create", {"title": "April"}, headers=KEY)

    assert other.refusal == (409, "idempotency_key_reused")


def test_anothers_key_is_no_matter():
    call("orders/create", {"title": "March"}, headers=KEY)

    assert call("orders/create", {"title": "April"}, headers=KEY, as_user="eve").status == 201


@pytest.mark.parametrize("body", [None, "", "no json", "[]", '"text"', "null", "[" * 100_000])
def test_a_body_that_is_no_object_is_refused_and_says_so(body):
    reply = call("orders/create", body)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields


@pytest.mark.parametrize("body", [{"title": 1}, {"title": "x" * 201}, {"title": "a\nb"}])
def test_a_bad_title_is_named(body):
    assert call("orders/create", body).fields == ["title"]


def test_what_is_not_asked_for_is_not_taken():
    reply = call("orders/create", {"status": "completed"})

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == ["status"]


def test_nobody_opens_an_order_unknown():
    assert call("orders/create", {}, as_user=None).refusal == (401, "not_signed_in")

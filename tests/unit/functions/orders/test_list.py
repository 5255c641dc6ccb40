import re

import pytest

from tests.make_calls import call

pytestmark = pytest.mark.usefixtures("service")


def opened(count):
    return [call("orders/create", {"title": str(each)}).json["id"] for each in range(count)]


def cursor_of(reply):
    link = reply.headers.get("Link")
    return re.search(r"cursor=(\w+)", link)[1] if link else None


def test_pages_follow_each_other_newest_first_until_the_last_which_has_no_next():
    ids = opened(5)

    pages, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        reply = call("orders/list", query=query)
        pages.append([each["id"] for each in reply.json])
        cursor = cursor_of(reply)
        if cursor is None:
            break

    assert [len(page) for page in pages] == [2, 2, 1]
    assert [each for page in pages for each in page] == sorted(ids, reverse=True)


def test_a_page_that_ends_with_the_last_order_has_no_next():
    opened(2)

    assert cursor_of(call("orders/list", query={"limit": 2})) is None


def test_orders_of_one_status_are_listed_and_paged_alone():
    first, second, third = opened(3)
    call("orders/update_status", {"status": "cancelled"}, order_id=second)

    open_ones = call("orders/list", query={"status": "pending", "limit": 1})
    rest = call(
        "orders/list", query={"status": "pending", "limit": 1, "cursor": cursor_of(open_ones)}
    )
    cancelled = call("orders/list", query={"status": "cancelled"})

    assert [each["id"] for each in cancelled.json] == [second]
    assert {open_ones.json[0]["id"], rest.json[0]["id"]} == {first, third}
    assert "status=pending" in open_ones.headers["Link"]


def test_anothers_orders_are_not_listed():
    opened(1)

    assert call("orders/list", as_user="eve").json == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"status": "paid"}, "status"),
    ],
)
def test_a_bad_parameter_is_named(query, field):
    reply = call("orders/list", query=query)

    assert reply.refusal == (400, "bad_input")
    assert reply.fields == [field]

from dataclasses import replace

import pytest

from docket.domain.payments.pricing import DuplicateOf
from docket.domain.task import Task, TaskKind
from docket.table import client, keys, tasks
from docket.table.orders import contents
from docket.table.orders.contents import Content
from tests.make import THEN
from tests.table_state import interrupted

pytestmark = pytest.mark.usefixtures("table")

FIRST = DuplicateOf(order_id="order", document_id="order-1")
SECOND = DuplicateOf(order_id="order", document_id="order-2")
THIRD = DuplicateOf(order_id="order", document_id="order-3")


def content(paid=FIRST, user_id="ada"):
    return Content(user_id=user_id, sha256="ab", paid=paid)


def other(paid=FIRST):
    return Content(user_id="ada", sha256="cd", paid=paid)


def documents_of_contents():
    return dict(contents.of_user("ada"))


def test_a_content_that_was_paid_for_is_found_by_each_of_its_hashes():
    contents.record_paid(content())

    assert contents.paid("ada", ["cd", "ab", "ab"]) == {"ab": FIRST}
    assert contents.paid("ada", ["cd"]) == {}
    assert contents.paid("eve", ["ab"]) == {}


def test_the_document_that_was_paid_for_first_stays():
    contents.record_paid(content())
    contents.record_paid(content(SECOND))

    assert contents.paid("ada", ["ab"]) == {"ab": FIRST}


def test_contents_are_recorded_together_each_with_all_of_its_documents(monkeypatch):
    contents.record_paid(content())
    sent = []
    write = client.write

    def counted(*parts):
        sent.append(len(parts))
        write(*parts)

    monkeypatch.setattr(client, "write", counted)

    contents.record_paid(content(), content(SECOND), other(), other(SECOND))
    contents.record_paid(content(), content(SECOND), other(), other(SECOND))

    assert sent == [2]
    assert documents_of_contents() == {"ab": ["order-1", "order-2"], "cd": ["order-1", "order-2"]}


def test_contents_are_removed_together_each_with_all_of_its_documents():
    contents.record_paid(content(), content(SECOND), other(), other(THIRD))

    contents.remove(content(), content(SECOND), other())

    assert documents_of_contents() == {"cd": ["order-3"]}
    assert client.get(keys.content("ada", "ab")) is None


def test_a_content_that_is_paid_for_while_its_last_document_is_removed_stays():
    contents.record_paid(content(), other())

    with interrupted(lambda: contents.record_paid(content(SECOND))):
        contents.remove(content(), other())

    assert documents_of_contents() == {"ab": ["order-2"]}


@pytest.fixture
def task():
    task = Task(
        kind=TaskKind.CONTENT,
        user_id="ada",
        order_id="order",
        subject="order",
        created_at=THEN,
        request_id="1",
    )
    tasks.request(task)
    return task


@pytest.mark.parametrize("is_finished", [False, True])
@pytest.mark.parametrize("change", [contents.record_paid, contents.remove])
def test_nothing_changes_for_a_task_that_is_another_one_by_now(change, is_finished, task):
    contents.record_paid(other())
    before = documents_of_contents()
    if is_finished:
        tasks.finish(task)
    else:
        tasks.request(replace(task, request_id="2"))

    assert not change(content(), other(), other(SECOND), only_if=tasks.unchanged(task))

    assert documents_of_contents() == before


def test_a_task_that_is_unchanged_has_its_effect(task):
    assert contents.record_paid(content(), only_if=tasks.unchanged(task))
    assert documents_of_contents() == {"ab": ["order-1"]}

    assert contents.remove(content(), only_if=tasks.unchanged(task))
    assert documents_of_contents() == {}


def test_a_content_is_removed_with_its_document_only():
    contents.record_paid(content())

    contents.remove(content(SECOND))
    assert contents.paid("ada", ["ab"]) == {"ab": FIRST}

    contents.remove(content())
    contents.remove(content())
    assert contents.paid("ada", ["ab"]) == {}


def test_a_content_that_was_paid_for_twice_stays_paid_when_one_payment_is_returned():
    contents.record_paid(content())
    contents.record_paid(content(SECOND))
    contents.record_paid(content(SECOND))

    contents.remove(content())
    assert contents.paid("ada", ["ab"]) == {"ab": SECOND}

    contents.remove(content(SECOND))
    assert contents.paid("ada", ["ab"]) == {}
    assert client.get(keys.content("ada", "ab")) is None


def test_a_content_that_is_removed_while_it_is_paid_for_again_is_recorded():
    contents.record_paid(content())

    with interrupted(lambda: contents.remove(content())):
        contents.record_paid(content(SECOND))

    assert contents.paid("ada", ["ab"]) == {"ab": SECOND}


def test_more_contents_than_one_call_returns_are_found():
    contents.record_paid(content())

    assert contents.paid("ada", [*(f"{number:02}" for number in range(150)), "ab"]) == {"ab": FIRST}

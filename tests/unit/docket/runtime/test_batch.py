import json
import time

import pytest

from docket.domain.errors import ConcurrentChange
from docket.runtime import batch
from docket.runtime.batch import BatchFailed
from tests.lambda_events import Context, sqs_event


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    """The pauses between tries, which take no time."""
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


def process(bodies, act, *, context=None, retry=(), receive_count=1):
    """Process messages that are lists of words, which the first letter groups."""
    answer = batch.process(
        sqs_event(*bodies, receive_count=receive_count),
        context or Context(),
        parse=json.loads,
        group=lambda word: word[0],
        act=act,
        retry=retry,
    )
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_the_messages_of_a_group_are_processed_together_in_their_order():
    groups = []

    failed = process(
        ['["b1"]', '["a1", "a2"]', '["b2"]', "[]"],
        lambda deliveries: groups.append([delivery.message for delivery in deliveries]),
    )

    assert failed == []
    assert groups == [["b1", "b2"], ["a1", "a2"]]


def test_a_message_has_its_id_and_how_often_it_was_delivered():
    deliveries: list[batch.Delivery[str]] = []

    process(['["a"]', '["a"]'], deliveries.extend, receive_count=4)

    assert [(delivery.message_id, delivery.receive_count) for delivery in deliveries] == [
        ("0", 4),
        ("1", 4),
    ]


def test_a_failed_group_is_reported_and_the_others_are_processed(caplog):
    processed = []

    def act(deliveries):
        if deliveries[0].message.startswith("a"):
            raise OSError("the text of an error")
        processed.append(deliveries[0].message)

    assert process(['["a1"]', '["b"]', '["a2"]'], act) == ["0", "2"]
    assert processed == ["b"]
    assert "the text of an error" not in caplog.text


def test_a_message_fails_if_one_of_its_groups_fails():
    def act(deliveries):
        if deliveries[0].message == "b":
            raise OSError

    assert process(['["a", "b"]', '["a"]'], act) == ["0"]


def test_a_malformed_message_fails_alone():
    processed: list[batch.Delivery[str]] = []

    assert process(["not json", '["a"]'], processed.extend) == ["0"]
    assert [delivery.message for delivery in processed] == ["a"]


@pytest.mark.parametrize("body", ["not json", '["a"]'])
def test_a_batch_that_fails_as_a_whole_raises_an_error(body):
    with pytest.raises(BatchFailed):
        process([body], lambda _: 1 / 0)


def test_a_conflict_is_tried_again_after_the_other_groups(pauses):
    tried = []

    def act(deliveries):
        tried.append(deliveries[0].message)
        if tried[-1] == "a" and tried.count("a") < 3:
            raise ConcurrentChange

    assert process(['["a"]', '["b"]'], act, retry=(ConcurrentChange,)) == []
    assert tried == ["a", "b", "a", "a"]
    assert len(pauses) == 3 - 1


def test_a_message_shows_whether_an_earlier_try_may_have_had_an_effect():
    repetitions = []

    def act(deliveries):
        repetitions.append([delivery.is_repeated for delivery in deliveries])
        if len(repetitions) == 1:
            raise ConcurrentChange

    process(['["a"]'], act, retry=(ConcurrentChange,))
    process(['["a"]'], act, receive_count=2)

    assert repetitions == [[False], [True], [True]]


def test_nothing_is_tried_again_shortly_before_the_timeout():
    tried = []

    def act(deliveries):
        tried.append(deliveries[0].message)
        raise ConcurrentChange

    context = Context(seconds=batch.RESERVE_SECONDS + 3, seconds_a_look=1)

    with pytest.raises(BatchFailed):
        process(['["a"]'], act, context=context, retry=(ConcurrentChange,))
    assert 2 <= len(tried) <= 4


def test_tries_end_even_if_time_does_not_pass():
    def act(_):
        raise ConcurrentChange

    with pytest.raises(BatchFailed):
        process(['["a"]'], act, retry=(ConcurrentChange,))


def test_another_error_is_not_tried_again(pauses):
    with pytest.raises(BatchFailed):
        process(['["a"]'], lambda _: 1 / 0, retry=(ConcurrentChange,))
    assert pauses == []

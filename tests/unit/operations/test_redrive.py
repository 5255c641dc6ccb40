"""Dead letters go back to the queues they came from, and the act is recorded."""

from operations import redrive
from operations.deployment import Operator
from tests.table_state import stored

OPERATOR = Operator(stage="test", pseudonym="0123456789abcdef")


def run(*names):
    return list(redrive.redrive(names, OPERATOR))


def acts():
    return [item for item in stored() if item["PK"] == "OPERATOR"]


def test_all_dead_letters_go_back(stage_queues, without_move_tasks):
    stage_queues.send("uploads-dead-letters", "one")
    stage_queues.send(
        "results-dead-letters", "two", MessageGroupId="O1", MessageDeduplicationId="d"
    )

    lines = run()

    assert lines == [
        "docket-test-results-dead-letters.fifo: 1 moved",
        "docket-test-uploads-dead-letters: 1 moved",
    ]
    assert stage_queues.bodies("uploads") == ["one"]
    assert stage_queues.bodies("results") == ["two"]
    assert stage_queues.bodies("uploads-dead-letters") == []


def test_a_named_queue_alone_is_emptied(stage_queues, without_move_tasks):
    stage_queues.send("uploads-dead-letters", "one")

    assert run("results") == []
    assert stage_queues.bodies("uploads") == []


def test_an_act_is_recorded_with_the_operator(stage_queues, without_move_tasks):
    stage_queues.send("uploads-dead-letters", "one")
    run()
    run()

    (act,) = acts()

    assert (act["operator"], act["what"]) == (OPERATOR.pseudonym, "redrive")
    assert act["facts"] == {"queue": "docket-test-uploads-dead-letters", "messages": 1}

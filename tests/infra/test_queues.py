"""The queues: their dead-letter queues, their timeouts, and how their messages reach functions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from docket.domain.debt import CLAIM, READING_CHECK, READING_DEADLINE, DebtClass
from docket.domain.orders.report import CHECK as REPORT_CHECK
from docket.domain.orders.report import DEADLINE as REPORT_DEADLINE
from docket.gateways.queues import MAX_PARTS
from docket.workflows.debts.capacity import WORKERS
from docket.workflows.documents.reading import OUTLINE_SECONDS, PAGE_IMAGE_SECONDS
from infra.endpoint_spec import FIFO_QUEUES
from infra.endpoints import FUNCTIONS
from infra.endpoints.actions import RECEIVE
from infra.endpoints.events import DISPATCH_MINUTES, MAKE_REPORT, READ_DOCUMENT, SETTLE_DEBT
from infra.names import Names
from infra.queues import MAX_RECEIVE_COUNT, QUEUES
from infra.settings import DEV
from tests.infra.conftest import ACCOUNT, REGION

READER_QUEUES = [queue for queue in QUEUES if queue.consumer is READ_DOCUMENT]
READING_SECONDS = DEV.reader.timeout_seconds + OUTLINE_SECONDS + PAGE_IMAGE_SECONDS + 15
"""The longest reading, with the grace of each of its three calls of the sandbox."""


def queues(stage):
    """The properties of the queues by their names."""
    return {
        queue["Properties"]["QueueName"]: queue["Properties"] | {"Id": logical_id}
        for logical_id, queue in stage.of_type("AWS::SQS::Queue").items()
    }


def mappings(stage):
    """The properties of the event source mappings by the ARN of their queue."""
    return {
        stage.resolved(mapping["Properties"]["EventSourceArn"]): mapping["Properties"]
        for mapping in stage.of_type("AWS::Lambda::EventSourceMapping").values()
    }


def mapping_of(stage, queue):
    name = Names(stage.settings.stage).queue(queue.name)
    return mappings(stage)[f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"]


@pytest.mark.parametrize("name", ["dev", "prod", "local"])
def test_each_queue_has_a_dead_letter_queue_after_five_receives(synthesise, name):
    stage = synthesise(name)
    names = Names(stage.settings.stage)
    deployed = queues(stage)

    for queue in QUEUES:
        redrive = deployed[names.queue(queue.name)]["RedrivePolicy"]
        dead_letters = deployed[names.dead_letters(queue.name)]

        assert redrive["maxReceiveCount"] == MAX_RECEIVE_COUNT == 5
        assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": [dead_letters["Id"], "Arn"]}
        assert "RedrivePolicy" not in dead_letters
        # SQS counts the age of a dead letter from its first sending.
        own_days = deployed[names.queue(queue.name)]["MessageRetentionPeriod"] / 86_400
        assert own_days + 10 <= dead_letters["MessageRetentionPeriod"] / 86_400
    assert len(deployed) == 2 * len(QUEUES)


def test_every_queue_is_encrypted_and_requires_tls(synthesise):
    stage = synthesise("prod")
    requires_tls = {
        statement_queue["Fn::GetAtt"][0]
        for policy in stage.of_type("AWS::SQS::QueuePolicy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny"
        and statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
        for statement_queue in [statement["Resource"]]
    }

    assert requires_tls == {queue["Id"] for queue in queues(stage).values()}
    assert all(queue["SqsManagedSseEnabled"] for queue in queues(stage).values())


def test_results_are_in_order_within_each_order_and_not_limited_together(synthesise):
    fifo = {
        name: queue for name, queue in queues(synthesise("prod")).items() if queue.get("FifoQueue")
    }

    assert {"results"} == FIFO_QUEUES
    assert fifo.keys() == {"docket-prod-results.fifo", "docket-prod-results-dead-letters.fifo"}
    for queue in fifo.values():
        assert queue["DeduplicationScope"] == "messageGroup"
        assert queue["FifoThroughputLimit"] == "perMessageGroupId"


@pytest.mark.parametrize("name", ["dev", "prod", "local"])
def test_a_queue_invokes_the_function_that_may_receive_from_it(synthesise, name):
    stage = synthesise(name)
    functions = {properties["Id"]: row for row, properties in stage.functions().items()}

    for queue in QUEUES:
        mapping = mapping_of(stage, queue)

        assert functions[mapping["FunctionName"]["Ref"]] == queue.consumer.name
        assert mapping["BatchSize"] == queue.batch_size
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2
    receivers = {
        (spec.name, name)
        for spec in FUNCTIONS
        for grant in spec.queues
        if {*RECEIVE} <= {*grant.actions}
        for name in grant.queues
    }
    assert receivers == {(queue.consumer.name, queue.name) for queue in QUEUES}


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.name)
def test_a_message_stays_invisible_longer_than_its_function_runs(synthesise, queue):
    stage = synthesise("prod")
    timeout = stage.functions()[queue.consumer.name]["Timeout"]
    visibility = queues(stage)[Names("prod").queue(queue.name)]["VisibilityTimeout"]

    assert timeout == queue.consumer.timeout_seconds
    # Less than AWS recommends: see `QueueSpec.visibility_timeout_seconds`.
    if queue in READER_QUEUES:
        assert READING_SECONDS + 15 < timeout < visibility
    elif queue.consumer is MAKE_REPORT:
        assert timeout + 60 <= visibility
    else:
        assert visibility >= 6 * timeout


@pytest.mark.parametrize("queue", READER_QUEUES, ids=lambda queue: queue.name)
def test_the_queue_delivers_a_reading_again_before_a_debt_requests_it(queue):
    dispatch = timedelta(minutes=DISPATCH_MINUTES)
    redelivery = timedelta(seconds=queue.visibility_timeout_seconds)
    tries_end = (MAX_RECEIVE_COUNT - 1) * redelivery + timedelta(
        seconds=READ_DOCUMENT.timeout_seconds
    )

    assert 2 * redelivery + dispatch < READING_CHECK
    assert READING_CHECK + 2 * dispatch < READING_DEADLINE
    assert tries_end + dispatch < READING_DEADLINE


def test_the_queue_delivers_a_report_again_before_a_debt_requests_it():
    (queue,) = [queue for queue in QUEUES if queue.consumer is MAKE_REPORT]
    redelivery = timedelta(seconds=queue.visibility_timeout_seconds)

    assert redelivery + timedelta(minutes=DISPATCH_MINUTES) < REPORT_CHECK
    assert MAX_RECEIVE_COUNT * redelivery < REPORT_DEADLINE


def test_a_claimed_debt_is_not_tried_by_another_worker_while_its_own_runs():
    assert timedelta(seconds=SETTLE_DEBT.timeout_seconds) < CLAIM


@pytest.mark.parametrize("debt_class", DebtClass)
def test_a_class_of_debts_has_the_workers_that_its_pace_is_computed_from(synthesise, debt_class):
    (queue,) = [queue for queue in QUEUES if queue.name == debt_class]

    mapping = mapping_of(synthesise("prod"), queue)

    assert mapping["ScalingConfig"]["MaximumConcurrency"] == WORKERS[debt_class]


@pytest.mark.parametrize("slots", [4, 5, 6, 7, 50])
def test_short_documents_have_the_larger_half_of_the_readers(slots):
    settings = replace(DEV, limits=replace(DEV.limits, reader_slots=slots))

    readings, parts = (queue.concurrency(settings) for queue in READER_QUEUES)

    assert readings + parts == slots
    assert readings >= parts >= 2


def test_a_long_scan_is_read_within_the_promised_time(synthesise):
    stage = synthesise("prod")
    reader = stage.functions()[READ_DOCUMENT.name]["Environment"]["Variables"]
    parts = -(-300 // int(reader["DOCKET_READER_PAGES_AT_ONCE"]))
    (queue,) = [queue for queue in QUEUES if queue.name == "parts"]
    at_once = mapping_of(stage, queue)["ScalingConfig"]["MaximumConcurrency"]

    rounds = -(-parts // at_once)

    assert parts <= MAX_PARTS
    guarantee = timedelta(minutes=stage.settings.deadlines.completion_minutes)
    assert rounds * timedelta(seconds=READING_SECONDS) < guarantee

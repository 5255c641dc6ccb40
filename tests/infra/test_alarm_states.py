"""What the deployed alarms go off at, and what they tolerate, in the terms of operations.md.

Each case is a course of events. The alarm's own period, statistic and thresholds decide about it,
as CloudWatch evaluates them.
"""

import operator
from collections.abc import Callable
from statistics import fmean

import pytest

from docket.domain.payments.refund import BACK_OFF
from infra.alarms import alarm_rules, distribution_alarm_rules
from infra.endpoints.events import DISPATCH_MINUTES
from infra.metrics import DistributionMetrics, Metrics
from infra.names import Names
from infra.queues import QUEUES

MINUTE = 60
HOUR = 60 * MINUTE
RETRY = BACK_OFF[0].seconds
DISPATCH = DISPATCH_MINUTES * MINUTE
REDELIVERY = {queue.name: queue.visibility_timeout_seconds for queue in QUEUES}
RULES = (
    *alarm_rules(Metrics(names=Names("prod"), api_id="api"), malware_scan=True),
    *distribution_alarm_rules(
        DistributionMetrics(names=Names("prod"), region="eu-central-1", distribution_id="E1"),
        firewall=True,
    ),
)
HEADLINES = {rule.name: rule.headline for rule in RULES}

COMPARISONS = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
}
STATISTICS: dict[str, Callable[[list[float]], float]] = {
    "Sum": sum,
    "Maximum": max,
    "Average": fmean,
}


def goes_off(alarm, events):
    """Whether an alarm goes off within two days in which these (second, value) are recorded.

    As CloudWatch does: each period has the statistic of its values, or no data; enough breaching
    periods among the last ones are an alarm.
    """
    source = alarm["Metrics"][-1]["MetricStat"] if "Metrics" in alarm else alarm
    period = source["Period"]
    aggregate = STATISTICS[source.get("Stat") or source["Statistic"]]
    is_breaching = COMPARISONS[alarm["ComparisonOperator"]]
    missing = {"breaching": True, "notBreaching": False}[alarm["TreatMissingData"]]
    breaching = []
    for start in range(0, 48 * HOUR, period):
        values = [value for second, value in events if start <= second < start + period]
        breaching.append(is_breaching(aggregate(values), alarm["Threshold"]) if values else missing)
    window = alarm["EvaluationPeriods"]
    return any(
        sum(breaching[max(0, end - window) : end]) >= alarm["DatapointsToAlarm"]
        for end in range(1, len(breaching) + 1)
    )


def once(value=1):
    return [(HOUR, value)]


def repeated(times, every, value=1):
    return [(HOUR + number * every, value) for number in range(times)]


def growing(until, every):
    """An age that is reported at that interval until something ends it."""
    return [(HOUR + age, age) for age in range(0, until + 1, every)]


def runs(*, without=()):
    """The dispatch's runs of two days, without those of these numbers."""
    every = range(48 * HOUR // DISPATCH)
    return [(number * DISPATCH, 1) for number in every if number not in without]


WAKES = {
    "OldestMoneyDebt": ("a payment is due for half an hour", growing(HOUR // 2, DISPATCH)),
    "OrderNotCompletedInTime": ("one paid order is refunded at its deadline", once()),
    "PaymentMismatch": ("one payment does not match its order", once()),
    "RefundFailed": ("one refund failed", once()),
    "DebtNeedsPerson": ("a debt fails once more after a day of failures", once()),
    "DebtFailures": ("a debt fails again when it is tried again", repeated(2, RETRY)),
    "WebhookRefused": ("three events of a payment are refused", repeated(3, MINUTE)),
    "WebhookUnsigned": ("an unsigned request every three seconds", repeated(100, 3)),
    "WebhookMissed": ("two payments of a morning were not reported", repeated(2, 2 * HOUR)),
    "ReaderFails": ("three documents fail at once", repeated(3, MINUTE)),
    "SandboxUnavailable": ("one document is read without the sandbox", once()),
    "ReaderNotSealed": ("one reader is not sealed", once()),
    **{
        f"{queue.name.capitalize()}DeadLetters": ("one message is a dead letter", once())
        for queue in QUEUES
    },
    **{
        f"{queue.name.capitalize()}Waiting": ("a message waits for an hour", growing(HOUR, MINUTE))
        for queue in QUEUES
    },
    # It is received again after an hour and a half.
    "ExportsWaiting": ("an archive waits for two hours", growing(2 * HOUR, MINUTE)),
    "OldestWorkDebt": ("a check of a document is due for an hour", growing(HOUR, DISPATCH)),
    "OldestHousekeepingDebt": ("an erasure is due for half a day", growing(12 * HOUR, DISPATCH)),
    "OldestMailDebt": ("a mail is due for half an hour", growing(HOUR // 2, DISPATCH)),
    "MailNotSent": ("three mails within an hour are not sent", repeated(3, 10 * MINUTE)),
    "MailSuppressed": ("a mail bounces every two minutes", repeated(30, 2 * MINUTE)),
    "MalwareScanFailed": ("three scans fail within an hour", repeated(3, 10 * MINUTE)),
    "MalwareFound": ("a file with malware every five minutes", repeated(12, 5 * MINUTE)),
    "Faults": ("five requests fail within five minutes", repeated(5, 30)),
    "DispatchStopped": (
        "the dispatch does not run for half an hour",
        runs(without=range(100, 100 + 30 * MINUTE // DISPATCH)),
    ),
    "DispatchFailed": ("every run of half an hour fails", repeated(30, DISPATCH)),
    "ApiThrottled": ("two requests of each minute are refused", repeated(20, 30)),
    "Throttled": ("a function is throttled, and ten minutes later", repeated(2, 10 * MINUTE)),
    "TableThrottled": ("three requests are throttled as often as sent", repeated(3 * 4, 1)),
    "DistributionErrors": ("a tenth of the requests fails for half an hour", repeated(30, 60, 10)),
    "FirewallBlocks": ("five blocked requests each second", repeated(10 * MINUTE, 1, 5)),
}
"""What a person must learn of, by the alarm's name."""

TOLERATED = {
    "OldestMoneyDebt": ("a payment waits for two more runs", growing(2 * DISPATCH, DISPATCH)),
    "OrderNotCompletedInTime": ("every paid order is completed in time", once(0)),
    "PaymentMismatch": ("every payment matches its order", once(0)),
    "RefundFailed": ("no refund failed", once(0)),
    "DebtNeedsPerson": ("no debt fails for a day", once(0)),
    "DebtFailures": ("Stripe is unreachable for a moment", once()),
    "WebhookRefused": ("a stranger signs a request", once()),
    "WebhookUnsigned": ("a scanner sends a request each minute", repeated(24 * 60, MINUTE)),
    "WebhookMissed": ("one event came too late", once()),
    "ReaderFails": ("one document fails three times", repeated(3, REDELIVERY["readings"])),
    "SandboxUnavailable": ("the sandbox is available", once(0)),
    "ReaderNotSealed": ("every reader is sealed", once(0)),
    **{
        f"{queue.name.capitalize()}DeadLetters": ("the dead-letter queue is empty", once(0))
        for queue in QUEUES
    },
    **{
        f"{queue.name.capitalize()}Waiting": (
            "a message waits until it is received again",
            growing(REDELIVERY[queue.name], MINUTE),
        )
        for queue in QUEUES
    },
    "OldestWorkDebt": ("a check waits for ten more runs", growing(10 * DISPATCH, DISPATCH)),
    "OldestHousekeepingDebt": ("an erasure is due for an hour", growing(HOUR, DISPATCH)),
    "OldestMailDebt": ("a mail is sent by the next run", growing(2 * DISPATCH, DISPATCH)),
    "MailNotSent": ("SES does not accept two addresses", repeated(2, MINUTE)),
    "MailSuppressed": ("an address bounces twice", repeated(2, MINUTE)),
    "MalwareScanFailed": ("one scan fails", once()),
    "MalwareFound": ("a customer uploads an infected file twice", repeated(2, MINUTE)),
    "Faults": ("a single request fails", once()),
    "DispatchStopped": ("a run is missing", runs(without=[100])),
    "DispatchFailed": ("AWS interrupts a run, and one an hour later", repeated(2, HOUR)),
    "ApiThrottled": ("a burst of a second is refused", repeated(500, 0)),
    "Throttled": ("a burst of a second is throttled", repeated(50, 0)),
    "TableThrottled": ("a request is throttled as often as it is sent", repeated(4, 1)),
    "DistributionErrors": ("the only request of five minutes fails", once(100)),
    "FirewallBlocks": ("a scanner is blocked 1,500 times and goes away", repeated(300, 1, 5)),
}
"""What must alert nobody."""


@pytest.fixture(scope="module")
def deployed(synthesise):
    """The properties of the alarms by their headlines: of two stages, as none has all of them."""
    return {
        alarm["Properties"]["AlarmDescription"].partition(". ")[0]: alarm["Properties"]
        for stage in ("dev with cognito", "prod")
        for alarm in synthesise(stage).of_type("AWS::CloudWatch::Alarm").values()
    }


@pytest.mark.parametrize("name", WAKES)
def test_what_a_person_must_learn_of_makes_the_alarm_go_off(deployed, name):
    event, values = WAKES[name]

    assert goes_off(deployed[HEADLINES[name]], values), event


@pytest.mark.parametrize("name", TOLERATED)
def test_what_ends_by_itself_does_not_make_the_alarm_go_off(deployed, name):
    event, values = TOLERATED[name]

    assert not goes_off(deployed[HEADLINES[name]], values), event


def test_every_alarm_has_an_event_of_each_kind(deployed):
    assert WAKES.keys() == TOLERATED.keys() == HEADLINES.keys()
    assert deployed.keys() == {*HEADLINES.values()}


@pytest.mark.parametrize("name", sorted(HEADLINES.keys() - {"DispatchStopped"}))
def test_a_quiet_night_makes_no_alarm_go_off(deployed, name):
    assert not goes_off(deployed[HEADLINES[name]], [])


def test_money_that_is_due_alerts_earlier_than_work_that_is(deployed):
    money, work = (deployed[HEADLINES[name]] for name in ("OldestMoneyDebt", "OldestWorkDebt"))

    assert money["Threshold"] < work["Threshold"]

"""The rules of the alarms: a metric, its threshold, and what reaching it means."""

from typing import NamedTuple

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.constructs.alarms.metrics import Metrics, docket_metric

LONG_WAIT_SECONDS = 15 * 60
LONG_DUE_SECONDS = 30 * 60
"""Six sweeps. Money that is due for longer was not settled, or not fast enough."""


class AlarmRule(NamedTuple):
    """An alarm goes off when the metric reaches the threshold. `name` is its construct id."""

    name: str
    metric: cloudwatch.IMetric
    threshold: int
    description: str


def alarm_rules(metrics: Metrics) -> tuple[AlarmRule, ...]:
    """The alarms on metrics of AWS, then those on metrics that Docket's functions write."""
    return (
        AlarmRule("Faults", metrics.faults, 1, "The API answered a customer with a 5xx."),
        AlarmRule(
            "GivenUp",
            metrics.dead_letters,
            1,
            "A message about a document moved to the dead-letter queue.",
        ),
        AlarmRule(
            "Waiting",
            metrics.waiting,
            LONG_WAIT_SECONDS,
            "A document has waited for a reader for too long.",
        ),
        AlarmRule("Throttled", metrics.throttled, 1, "Lambda throttled an invocation."),
        AlarmRule(
            "SweepFailed",
            metrics.sweep_errors,
            1,
            "The sweep failed: unfinished orders were not checked.",
        ),
        *(
            _docket_rule(name, threshold, description)
            for name, threshold, description in _DOCKET_ALARMS
        ),
    )


_DOCKET_ALARMS = (
    ("SweepFailures", 1, "The sweep could not settle an order."),
    ("OldestDueMoney", LONG_DUE_SECONDS, "A payment or a refund has been due for too long."),
    (
        "OldestDueWork",
        2 * LONG_DUE_SECONDS,
        "The check of an upload or a reading has been due for too long.",
    ),
    ("WebhookRefused", 1, "A webhook event had an invalid signature: check the webhook secret."),
    (
        "SandboxUnavailable",
        1,
        "The system refused the reader's sandbox: see docs/operations.md, The reader's sandbox.",
    ),
    ("RefundFailed", 1, "A bank rejected a refund: return the money by other means."),
)


def _docket_rule(name: str, threshold: int, description: str) -> AlarmRule:
    """The rule of a metric that Docket's functions write, by the name of the metric."""
    statistic = "Maximum" if name.startswith("Oldest") else "Sum"
    return AlarmRule(name, docket_metric(name, statistic), threshold, description)

"""The alarms, as a table. Each is on something that a person must act on.

The title of an alarm is also the heading of its section in `docs/operations.md`. The comment beside
a threshold is its reason.
"""

import re
from dataclasses import dataclass

from infra.endpoints.events import SWEEP_MINUTES
from infra.metrics import DistributionMetrics, Metrics, MetricSpec


@dataclass(frozen=True, kw_only=True)
class AlarmRule:
    """An alarm goes off when the sum of its metrics reaches the threshold.

    It must do so in `datapoints` of the last `periods` periods, each of `minutes` minutes.
    """

    name: str
    """The construct id."""
    title: str
    metrics: tuple[MetricSpec, ...]
    threshold: int
    minutes: int = 5
    periods: int = 1
    datapoints: int = 1
    is_lower_bound: bool = False
    """The alarm goes off below the threshold, and when there is no data, which is as bad."""

    @property
    def anchor(self) -> str:
        """The anchor of the section with that title, as Markdown pages have it."""
        return re.sub(r"[^\w -]", "", self.title.lower()).replace(" ", "-")

    def description(self, runbook: str) -> str:
        """The title, and the address of what to do."""
        return f"{self.title}. What to do: {runbook}#{self.anchor}"


def alarm_rules(metrics: Metrics, *, malware_scan: bool) -> tuple[AlarmRule, ...]:
    """The alarms in the stage's own region. Those on the malware scan only if it has one."""
    scan = _malware_scan(metrics) if malware_scan else ()
    return (*_money(metrics), *_documents(metrics), *scan, *_platform(metrics))


def distribution_alarm_rules(
    metrics: DistributionMetrics, *, firewall: bool
) -> tuple[AlarmRule, ...]:
    """The alarms in us-east-1. Those on the firewall only if the stage has one."""
    errors = AlarmRule(
        name="DistributionErrors",
        title="The distribution answers with server errors",
        metrics=(metrics.error_rate,),
        # Percent. While few people are there, one error is more than this for five minutes; for
        # three times five minutes it is no accident.
        threshold=5,
        periods=3,
        datapoints=3,
    )
    blocked = AlarmRule(
        name="FirewallBlocks",
        title="The firewall blocks many requests",
        metrics=(metrics.blocked,),
        # A scanner is blocked a few hundred times and goes away. This is an attack, or customers.
        threshold=1000,
        periods=3,
        datapoints=2,
    )
    return (errors, blocked) if firewall else (errors,)


def _money(metrics: Metrics) -> tuple[AlarmRule, ...]:
    return (
        AlarmRule(
            name="OldestDueMoney",
            title="Payments or refunds are overdue",
            metrics=(metrics.docket("OldestDueMoney", "Maximum"),),
            # Six sweeps did not reach it: the sweep is behind or stuck.
            threshold=6 * SWEEP_MINUTES * 60,
        ),
        AlarmRule(
            name="OldestPaidOrder",
            title="A paid order is not completed",
            metrics=(metrics.docket("OldestPaidOrder", "Maximum"),),
            # Half of the time after which the order is refunded. One reading is abandoned after
            # 30 minutes, so one slow document does not reach it. An order is looked at every 15
            # minutes and counts only then: with fewer periods the alarm would end in between.
            threshold=60 * 60,
            periods=4,
        ),
        AlarmRule(
            name="RefundFailed",
            title="A refund failed",
            metrics=(metrics.docket("RefundFailed", "Sum"),),
            threshold=1,  # the customer's money, and only a person can return it
        ),
        AlarmRule(
            name="SweepFailures",
            title="The sweep cannot settle an order",
            metrics=(metrics.docket("SweepFailures", "Sum"),),
            threshold=1,
            # A failed order is checked again after 15 minutes: the second failure within 40 minutes
            # means that it failed again, not that Stripe was unreachable for a moment.
            periods=8,
            datapoints=2,
        ),
        AlarmRule(
            name="WebhookRefused",
            title="The webhook refuses Stripe's signature",
            metrics=(metrics.docket("WebhookRefused", "Sum"),),
            # Stripe sends several events for a payment and repeats each that was refused, so a
            # wrong secret gives three within an hour. A single one is a stranger's.
            threshold=3,
            minutes=60,
        ),
        AlarmRule(
            name="WebhookUnsigned",
            title="The webhook receives many unsigned requests",
            metrics=(metrics.docket("WebhookUnsigned", "Sum"),),
            # Scanners send a few. So many are an attack, or a proxy removes the signature.
            threshold=50,
        ),
        AlarmRule(
            name="WebhookMissed",
            title="Stripe's events do not arrive",
            metrics=(metrics.docket("WebhookMissed", "Sum"),),
            # The sweep found payments that neither an event nor the browser had reported. It may
            # look in the second before an event arrives; twice within six hours is no coincidence.
            threshold=2,
            minutes=6 * 60,
        ),
    )


def _documents(metrics: Metrics) -> tuple[AlarmRule, ...]:
    return (
        AlarmRule(
            name="ReaderFails",
            title="The reader fails",
            metrics=(metrics.reading_errors,),
            # A message that failed is received again after six minutes, so three failures within
            # five are three documents.
            threshold=3,
        ),
        AlarmRule(
            name="SandboxUnavailable",
            title="The reader's sandbox is unavailable",
            metrics=(metrics.docket("SandboxUnavailable", "Sum"),),
            threshold=1,  # a person decides whether documents are still read
        ),
        AlarmRule(
            name="ReaderNotSealed",
            title="The reader's process is not sealed",
            metrics=(
                metrics.docket("ReaderStaysDumpable", "Sum"),
                metrics.docket("ReaderEnvironmentReadable", "Sum"),
            ),
            threshold=1,  # as above. Each reader counts it once, when it starts
        ),
        AlarmRule(
            name="DeadLetters",
            title="Messages are in the dead-letter queue",
            metrics=(metrics.dead_letters,),
            threshold=1,  # its reading failed three times, and nothing tries it again
        ),
        AlarmRule(
            name="Waiting",
            title="Documents wait for the reader",
            metrics=(metrics.waiting,),
            # Customers wait in front of the page. A document takes less than a minute.
            threshold=15 * 60,
        ),
        AlarmRule(
            name="OldestDueWork",
            title="Checks of documents are overdue",
            metrics=(metrics.docket("OldestDueWork", "Maximum"),),
            # Twelve sweeps. Twice the time of money, which the sweep takes first.
            threshold=12 * SWEEP_MINUTES * 60,
        ),
        AlarmRule(
            name="ErasureFailures",
            title="Removed documents are not erased",
            metrics=(metrics.docket("ErasureFailures", "Sum"),),
            threshold=1,
            periods=8,  # as for orders: the attempt 15 minutes later failed too
            datapoints=2,
        ),
    )


def _malware_scan(metrics: Metrics) -> tuple[AlarmRule, ...]:
    return (
        AlarmRule(
            name="MalwareScanFailed",
            title="The malware scan fails",
            metrics=(metrics.docket("MalwareScanFailed", "Sum"),),
            # One may be a fault of GuardDuty. Three within an hour have a common cause.
            threshold=3,
            minutes=60,
        ),
        AlarmRule(
            name="MalwareFound",
            title="Many files contain malware",
            metrics=(metrics.docket("MalwareFound", "Sum"),),
            # A customer's infected file is refused with the reason. So many are an attack, or
            # GuardDuty is wrong.
            threshold=5,
            minutes=60,
        ),
    )


def _platform(metrics: Metrics) -> tuple[AlarmRule, ...]:
    return (
        AlarmRule(
            name="Faults",
            title="The API answers with server errors",
            metrics=(metrics.faults,),
            threshold=3,  # one or two may be calls that AWS interrupted
        ),
        AlarmRule(
            name="SweepStopped",
            title="The sweep does not run",
            metrics=(metrics.sweeps,),
            threshold=1,
            minutes=3 * SWEEP_MINUTES,  # one run may start late; three do not
            is_lower_bound=True,
        ),
        AlarmRule(
            name="SweepFailed",
            title="The sweep fails",
            metrics=(metrics.sweep_errors,),
            threshold=1,
            # It also fails if the only order that is due fails. That order is due again after 15
            # minutes, so failures of three runs in a row are the sweep's own.
            periods=3,
            datapoints=3,
        ),
        AlarmRule(
            name="ApiThrottled",
            title="The API throttles requests",
            metrics=(metrics.throttled_requests,),
            # A burst of a moment fails, and works when it is tried again. This lasts: an attack, or
            # the setting `throttle` is too low for the customers.
            threshold=10,
            periods=3,
            datapoints=2,
        ),
        AlarmRule(
            name="Throttled",
            title="Lambda throttles functions",
            metrics=(metrics.throttled_functions,),
            threshold=1,
            periods=3,  # a short burst is retried by callers and queues; this one lasts
            datapoints=2,
        ),
        AlarmRule(
            name="TableThrottled",
            title="DynamoDB throttles the table",
            metrics=metrics.throttled_table,
            # The client sends a throttled request up to four times: customers notice only many.
            threshold=10,
        ),
    )

"""The alarms, as a table. Each is on something that a person must act on.

The title of an alarm is also the heading of its section in `docs/operations.md`. The comment beside
a threshold is its reason.
"""

import re
from dataclasses import dataclass

from infra.endpoint_spec import QueueName
from infra.endpoints.events import DISPATCH_MINUTES
from infra.metrics import DistributionMetrics, Metrics, MetricSpec
from infra.queues import QUEUES


@dataclass(frozen=True, kw_only=True)
class AlarmRule:
    """An alarm goes off when the sum of its metrics reaches the threshold.

    It must do so in `datapoints` of the last `periods` periods, each of `minutes` minutes.
    """

    name: str
    """The construct id."""
    title: str
    subject: str = ""
    """Which of several that the title could be about."""
    metrics: tuple[MetricSpec, ...]
    threshold: int
    minutes: int = 5
    periods: int = 1
    datapoints: int = 1
    is_lower_bound: bool = False
    """The alarm goes off below the threshold, and when there is no data, which is as bad."""

    @property
    def headline(self) -> str:
        """The title, and the subject if there is one."""
        return f"{self.title}: {self.subject}" if self.subject else self.title

    @property
    def anchor(self) -> str:
        """The anchor of the section with that title, as Markdown pages have it."""
        return re.sub(r"[^\w -]", "", self.title.lower()).replace(" ", "-")

    def description(self, runbook: str) -> str:
        """The headline, and the address of what to do."""
        return f"{self.headline}. What to do: {runbook}#{self.anchor}"


def alarm_rules(metrics: Metrics, *, malware_scan: bool) -> tuple[AlarmRule, ...]:
    """The alarms in the stage's own region. Those on the malware scan only if it has one."""
    scan = _malware_scan(metrics) if malware_scan else ()
    return (
        *_money(metrics),
        *_documents(metrics),
        *_mail(metrics),
        *_queues(metrics),
        *scan,
        *_platform(metrics),
    )


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
            name="OldestMoneyDebt",
            title="Payments or refunds are overdue",
            metrics=(metrics.docket("OldestMoneyDebt", "Maximum"),),
            # A debt that fails is due again later. So this one was not even tried, in ten runs.
            threshold=10 * DISPATCH_MINUTES * 60,
        ),
        AlarmRule(
            name="OrderNotCompletedInTime",
            title="Paid orders are not completed in time",
            metrics=(metrics.docket("OrderNotCompletedInTime", "Sum"),),
            # The order is refunded, so no money is owed. But a reading ends within 30 minutes, so
            # the reader has been down for longer, or results are lost.
            threshold=1,
        ),
        AlarmRule(
            name="RefundFailed",
            title="A refund failed",
            metrics=(metrics.docket("RefundFailed", "Sum"),),
            threshold=1,  # the customer's money, and only a person can return it
        ),
        AlarmRule(
            name="PaymentMismatch",
            title="A payment does not match its order",
            metrics=(metrics.docket("PaymentMismatch", "Sum"),),
            threshold=1,  # it is refunded, but only a person can have changed it at Stripe
        ),
        AlarmRule(
            name="DebtFailures",
            title="Debts cannot be settled",
            metrics=(metrics.docket("DebtFailures", "Sum"),),
            threshold=1,
            # A failed debt is tried again after 15 minutes: the second failure within 40 minutes
            # means that it failed again, not that Stripe was unreachable for a moment.
            periods=8,
            datapoints=2,
        ),
        AlarmRule(
            name="DebtNeedsPerson",
            title="A debt needs a person",
            metrics=(metrics.docket("DebtNeedsPerson", "Sum"),),
            threshold=1,  # it failed for more than a day, and is tried again only once a day
        ),
        AlarmRule(
            name="WebhookRefused",
            title="The webhook refuses Stripe's signature",
            metrics=(metrics.docket("WebhookRefused", "Sum"),),
            # Stripe sends several events for a payment and repeats each that was refused, so a
            # wrong secret gives three within an hour. A single one does not come from Stripe.
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
            # Payments that neither an event nor the browser had reported. A debt may be settled in
            # the second before an event arrives; twice within six hours is no coincidence.
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
            # A message that failed is received again after 330 seconds, so three failures within
            # 300 are three documents.
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
            name="OldestWorkDebt",
            title="Checks of documents are overdue",
            metrics=(metrics.docket("OldestWorkDebt", "Maximum"),),
            # Twice the time of money: nobody's money waits for it.
            threshold=20 * DISPATCH_MINUTES * 60,
        ),
        AlarmRule(
            name="OldestHousekeepingDebt",
            title="Housekeeping is overdue",
            metrics=(metrics.docket("OldestHousekeepingDebt", "Maximum"),),
            # No customer waits for it, and thousands of abandoned orders may delay it. But it
            # also erases deleted documents.
            threshold=6 * 60 * 60,
        ),
    )


def _mail(metrics: Metrics) -> tuple[AlarmRule, ...]:
    return (
        AlarmRule(
            name="OldestMailDebt",
            title="Mails are overdue",
            metrics=(metrics.docket("OldestMailDebt", "Maximum"),),
            # A function requests a mail and calls the worker at once; ten runs of the dispatch did
            # not send it either.
            threshold=10 * DISPATCH_MINUTES * 60,
        ),
        AlarmRule(
            name="MailNotSent",
            title="Mails are not sent",
            metrics=(
                metrics.docket("MailNotSent", "Sum"),
                metrics.docket("MailRefused", "Sum"),
            ),
            # One may be an address that SES does not accept. Customers wait for all others.
            threshold=3,
            minutes=60,
        ),
        AlarmRule(
            name="MailSuppressed",
            title="Many mails bounce",
            metrics=(metrics.docket("MailSuppressed", "Sum"),),
            # SES reviews an account with 5 % of bounces or .1 % of complaints, and may stop it.
            threshold=20,
            minutes=60,
        ),
    )


WAITING_MINUTES: dict[QueueName, int] = {
    # Customers wait in front of the page. Each takes less than a minute, and a message whose
    # function was interrupted is received again within six.
    "uploads": 15,
    "readings": 15,
    "results": 15,
    # The first parts of a long document wait for those of others; the page shows the progress.
    "parts": 30,
    # The dispatch sends no more than the workers settle in a minute.
    "money": 15,
    "work": 30,
    "housekeeping": 60,
    # Somebody waits for a mail. What it reports changes nothing that a person sees.
    "mail": 15,
    "feedback": 60,
    # Each archive of an account takes minutes, and the next one waits behind those of others.
    "exports": 120,
    # Somebody waits for a report, and one of 500 documents takes minutes.
    "reports": 30,
}


def _queues(metrics: Metrics) -> tuple[AlarmRule, ...]:
    dead_letters = (
        AlarmRule(
            name=f"{queue.name.capitalize()}DeadLetters",
            title="Messages are in a dead-letter queue",
            subject=queue.name,
            metrics=(metrics.dead_letters(queue.name),),
            threshold=1,  # it failed five times, and the queue does not deliver it again
        )
        for queue in QUEUES
    )
    waiting = (
        AlarmRule(
            name=f"{queue.name.capitalize()}Waiting",
            title="Messages wait",
            subject=queue.name,
            metrics=(metrics.oldest_message(queue.name),),
            threshold=WAITING_MINUTES[queue.name] * 60,
        )
        for queue in QUEUES
    )
    return (*dead_letters, *waiting)


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
            name="DispatchStopped",
            title="The dispatch does not run",
            metrics=(metrics.dispatches,),
            threshold=1,
            minutes=10 * DISPATCH_MINUTES,  # one run may start late; ten do not
            is_lower_bound=True,
        ),
        AlarmRule(
            name="DispatchFailed",
            title="The dispatch fails",
            metrics=(metrics.dispatch_errors,),
            # Of five runs. A single one that AWS interrupted is followed by the next.
            threshold=3,
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

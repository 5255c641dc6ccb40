"""The alarms on failures that affect customers, and the dashboard."""

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from constructs import Construct

from infra.constructs.alarms.dashboard import dashboard_rows
from infra.constructs.alarms.metrics import Metrics, docket_metric
from infra.constructs.alarms.topic import AlarmTopic
from infra.settings import Settings

LONG_WAIT_SECONDS = 15 * 60
LONG_DUE_SECONDS = 30 * 60
"""Six sweeps. Money that is due for longer was not settled, or not fast enough."""

BUSINESS_ALARMS = (
    ("SweepFailures", 1, "The sweep could not settle an order."),
    ("OldestDueMoney", LONG_DUE_SECONDS, "A payment or a refund has been due for too long."),
    (
        "OldestDueWork",
        2 * LONG_DUE_SECONDS,
        "The check of an upload or a reading has been due for too long.",
    ),
    ("WebhookRefused", 1, "A webhook event had an invalid signature: check the webhook secret."),
    ("RefundFailed", 1, "A bank rejected a refund: return the money by other means."),
)
"""Metrics that the functions write, the threshold of each, and the meaning of its alarm."""


class Alarms(Construct):
    """The alarms. The description of each says what happened; all of them notify one topic."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, metrics: Metrics
    ) -> None:
        super().__init__(scope, name)
        self._topic = AlarmTopic(self, "Topic", email=settings.alarm_email).topic
        for alarm, metric, threshold, description in (
            ("Faults", metrics.faults, 1, "The API answered a customer with a 5xx."),
            (
                "GivenUp",
                metrics.given_up,
                1,
                "A message about a document moved to the dead-letter queue.",
            ),
            (
                "Waiting",
                metrics.waiting,
                LONG_WAIT_SECONDS,
                "A document has waited for a reader for too long.",
            ),
            ("Throttled", metrics.throttled, 1, "Lambda throttled an invocation."),
            (
                "SweepFailed",
                metrics.sweep_errors,
                1,
                "The sweep failed: unfinished orders were not checked.",
            ),
        ):
            self._alarm(alarm, metric, threshold, description)
        for metric_name, threshold, description in BUSINESS_ALARMS:
            statistic = "Maximum" if metric_name.startswith("Oldest") else "Sum"
            self._alarm(metric_name, docket_metric(metric_name, statistic), threshold, description)
        dashboard = cloudwatch.Dashboard(self, "Dashboard")
        for widgets in dashboard_rows(metrics):
            dashboard.add_widgets(*widgets)

    def _alarm(
        self, name: str, metric: cloudwatch.IMetric, threshold: float, description: str
    ) -> None:
        cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=description,
        ).add_alarm_action(actions.SnsAction(self._topic))

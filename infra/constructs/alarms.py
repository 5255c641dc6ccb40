"""What wakes somebody, and the dashboard they then look at."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.data import Data
from infra.constructs.reading import Reading
from infra.settings import Settings

FIVE_MINUTES = Duration.minutes(5)
LONG_WAIT_SECONDS = 15 * 60
LONG_DUE_SECONDS = 30 * 60
"""Six sweeps: money that is due longer is not seen to, or not fast enough."""
BUSINESS = ("OrderOpened", "DocumentRead", "DocumentUnreadable", "OrderPaid", "OrderRefunded")

ALARMS_ON_BUSINESS = (
    ("SweepFailures", 1, "The sweep could not settle what is owed to an order."),
    ("OldestDueMoney", LONG_DUE_SECONDS, "A payment or a refund has long been due to be settled."),
    ("OldestDueWork", 2 * LONG_DUE_SECONDS, "An upload or a reading has long been due a look."),
    ("WebhookRefused", 1, "An event that seemed to be Stripe's was refused: check its secret."),
    ("RefundFailed", 1, "The bank turned a refund down: give the money back in another way."),
)
"""Metrics that the functions write, what is too much of each, and what that means."""


class Alarms(Construct):
    """Alarms on what customers would notice, each saying so in its description."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        data: Data,
        api: Api,
        reading: Reading,
    ) -> None:
        super().__init__(scope, name)
        self.topic = sns.Topic(self, "Topic", enforce_ssl=True)
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
            )
        )
        if settings.alarm_email:
            self.topic.add_subscription(subscriptions.EmailSubscription(settings.alarm_email))

        faults = api.http.metric_server_error(period=FIVE_MINUTES, statistic="Sum")
        calls = api.http.metric_count(period=FIVE_MINUTES, statistic="Sum")
        latency = api.http.metric_latency(period=FIVE_MINUTES, statistic="p95")
        waiting = data.queue.metric_approximate_age_of_oldest_message(period=FIVE_MINUTES)
        given_up = data.dead_letters.metric_approximate_number_of_messages_visible(
            period=FIVE_MINUTES
        )
        reading_errors = reading.on_upload.function.metric_errors(period=FIVE_MINUTES)
        sweep_errors = reading.sweep.function.metric_errors(period=FIVE_MINUTES)
        throttled = cloudwatch.Metric(
            namespace="AWS/Lambda", metric_name="Throttles", statistic="Sum", period=FIVE_MINUTES
        )
        self._alarm("Faults", faults, 1, "The API answered a customer with a 5xx.")
        self._alarm("GivenUp", given_up, 1, "A document was given up after every try to read it.")
        self._alarm("Waiting", waiting, LONG_WAIT_SECONDS, "A document has waited long to be read.")
        self._alarm("Throttled", throttled, 1, "Lambda turned a call away: too many at once.")
        self._alarm("SweepFailed", sweep_errors, 1, "The promise to paid orders was not checked.")
        for metric, threshold, means in ALARMS_ON_BUSINESS:
            statistic = "Maximum" if metric.startswith("Oldest") else "Sum"
            self._alarm(metric, _docket_metric(metric, statistic), threshold, means)

        dashboard = cloudwatch.Dashboard(self, "Dashboard")
        dashboard.add_widgets(
            cloudwatch.GraphWidget(title="Calls and faults", left=[calls], right=[faults]),
            cloudwatch.GraphWidget(title="Latency, p95", left=[latency]),
            cloudwatch.GraphWidget(
                title="Business",
                left=[_docket_metric(metric, "Sum") for metric in BUSINESS],
            ),
        )
        dashboard.add_widgets(
            cloudwatch.GraphWidget(title="Waiting to be read", left=[waiting], right=[given_up]),
            cloudwatch.GraphWidget(
                title="Reading",
                left=[reading.on_upload.function.metric_duration()],
                right=[reading_errors],
            ),
            cloudwatch.GraphWidget(title="Throttled", left=[throttled]),
        )

    def _alarm(self, name: str, metric: cloudwatch.IMetric, threshold: float, means: str) -> None:
        cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=means,
        ).add_alarm_action(actions.SnsAction(self.topic))


def _docket_metric(name: str, statistic: str) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="Docket",
        metric_name=name,
        dimensions_map={"service": "docket"},
        statistic=statistic,
        period=FIVE_MINUTES,
    )

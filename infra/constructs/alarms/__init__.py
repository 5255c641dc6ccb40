"""The alarms on failures that affect customers, and the dashboard."""

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from constructs import Construct

from infra.constructs.alarms.dashboard import dashboard_rows
from infra.constructs.alarms.metrics import Metrics
from infra.constructs.alarms.rules import AlarmRule, alarm_rules
from infra.constructs.alarms.topic import AlarmTopic
from infra.settings import Settings


class Alarms(Construct):
    """The alarms. The description of each says what happened; all of them notify one topic."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, metrics: Metrics
    ) -> None:
        super().__init__(scope, name)
        self._topic = AlarmTopic(self, "Topic", email=settings.alarm_email).topic
        for rule in alarm_rules(metrics):
            self._alarm(rule)
        dashboard = cloudwatch.Dashboard(self, "Dashboard")
        for widgets in dashboard_rows(metrics):
            dashboard.add_widgets(*widgets)

    def _alarm(self, rule: AlarmRule) -> None:
        cloudwatch.Alarm(
            self,
            rule.name,
            metric=rule.metric,
            threshold=rule.threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=rule.description,
        ).add_alarm_action(actions.SnsAction(self._topic))

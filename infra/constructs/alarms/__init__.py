"""The alarms on what a person must act on, and the dashboard."""

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from constructs import Construct

from infra.alarms import AlarmRule, alarm_rules
from infra.constructs.alarms.dashboard import dashboard_rows
from infra.constructs.alarms.metrics import sum_of
from infra.constructs.alarms.topic import AlarmTopic
from infra.metrics import Metrics
from infra.settings import Settings

_Comparison = cloudwatch.ComparisonOperator


class Alarms(Construct):
    """The alarms, which notify one topic. Their descriptions lead to what to do."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, metrics: Metrics
    ) -> None:
        super().__init__(scope, name)
        self._topic = AlarmTopic(self, "Topic", settings=settings).topic
        self._runbook = settings.runbook
        for rule in alarm_rules(metrics):
            self._alarm(rule)
        dashboard = cloudwatch.Dashboard(self, "Dashboard")
        for widgets in dashboard_rows(metrics):
            dashboard.add_widgets(*widgets)

    def _alarm(self, rule: AlarmRule) -> None:
        cloudwatch.Alarm(
            self,
            rule.name,
            metric=sum_of(rule.metrics, minutes=rule.minutes),
            threshold=rule.threshold,
            evaluation_periods=rule.periods,
            datapoints_to_alarm=rule.datapoints,
            comparison_operator=_Comparison.LESS_THAN_THRESHOLD
            if rule.is_lower_bound
            else _Comparison.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.BREACHING
            if rule.is_lower_bound
            else cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=rule.description(self._runbook),
        ).add_alarm_action(actions.SnsAction(self._topic))

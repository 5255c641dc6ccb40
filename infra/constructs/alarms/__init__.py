"""The alarms on what a person must act on."""

from collections.abc import Iterable

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from constructs import Construct

from infra.alarms import AlarmRule
from infra.constructs.alarms.metrics import sum_of
from infra.constructs.alarms.topic import AlarmTopic
from infra.settings import Settings

_Comparison = cloudwatch.ComparisonOperator


class Alarms(Construct):
    """The alarms of a region, and the topic that they notify. Descriptions lead to what to do.

    Each region needs a topic of its own: an alarm cannot notify one of another region.
    """

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, rules: Iterable[AlarmRule]
    ) -> None:
        super().__init__(scope, name)
        self._topic = AlarmTopic(self, "Topic", settings=settings).topic
        self._runbook = settings.runbook
        for rule in rules:
            self._alarm(rule)

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

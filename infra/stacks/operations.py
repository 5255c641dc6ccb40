"""The stack of what watches the others."""

from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.alarms import alarm_rules
from infra.constructs.alarms import Alarms
from infra.constructs.alarms.dashboard import dashboard_rows
from infra.constructs.alarms.throttled_requests import ThrottledRequests
from infra.constructs.malware_protection import MalwareProtection
from infra.constructs.parameter import parameter_value
from infra.metrics import Metrics
from infra.names import API_ID, Names
from infra.settings import Settings
from infra.stacks.base import StageStack


class OperationsStack(StageStack):
    """Alarms, the dashboard, and the malware scan of uploads if the stage has one.

    They name metrics by their dimensions, not by resources of other stacks. The local stage does
    not deploy this stack: the emulator refuses a template with a type that it does not know.
    """

    def __init__(self, scope: Construct, *, settings: Settings) -> None:
        names = Names(settings.stage)
        super().__init__(
            scope,
            names.stack("operations"),
            settings=settings,
            purpose="alarms and the dashboard",
        )
        metrics = Metrics(names=names, api_id=parameter_value(self, settings=settings, name=API_ID))
        ThrottledRequests(self, "ThrottledRequests", names=names, metric=metrics.throttled_requests)
        rules = alarm_rules(metrics, malware_scan=settings.malware_scan)
        Alarms(self, "Alarms", settings=settings, rules=rules)
        dashboard = cloudwatch.Dashboard(self, "Dashboard")
        for widgets in dashboard_rows(metrics):
            dashboard.add_widgets(*widgets)
        if settings.malware_scan:
            MalwareProtection(self, "MalwareProtection", settings=settings)

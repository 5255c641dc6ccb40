"""The stack of what watches the distribution, which CloudFront offers in us-east-1 only."""

from aws_cdk import Aws, Fn
from constructs import Construct

from infra.alarms import distribution_alarm_rules
from infra.constructs.alarms import Alarms
from infra.constructs.website.access_log_delivery import AccessLogDelivery
from infra.metrics import DistributionMetrics
from infra.names import ACCESS_LOG_DELIVERY, Names
from infra.regions import EDGE_REGION
from infra.settings import Settings
from infra.stacks.base import StageStack
from infra.stacks.site import DISTRIBUTION_ID


class EdgeOperationsStack(StageStack):
    """The delivery of the access log, and the alarms. Deployed after the site."""

    def __init__(self, scope: Construct, *, settings: Settings) -> None:
        names = Names(settings.stage)
        super().__init__(
            scope,
            names.edge_stack("edge-operations", settings.region),
            settings=settings,
            purpose=f"the access log and alarms of the distribution of {settings.region}",
            region=EDGE_REGION,
        )
        distribution_id = Fn.get_stack_output(names.stack("site"), DISTRIBUTION_ID, settings.region)
        AccessLogDelivery(
            self,
            "AccessLog",
            delivery=names.cloudfront(ACCESS_LOG_DELIVERY, region=settings.region),
            distribution_id=distribution_id,
            bucket=names.bucket("access-logs", account=Aws.ACCOUNT_ID, region=settings.region),
        )
        metrics = DistributionMetrics(
            names=names, region=settings.region, distribution_id=distribution_id
        )
        rules = distribution_alarm_rules(metrics, firewall=settings.waf is not None)
        Alarms(self, "DistributionAlarms", settings=settings, rules=rules)

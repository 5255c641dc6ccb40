"""The stack of the distribution's access log, which is delivered from us-east-1."""

from aws_cdk import Aws, Fn
from constructs import Construct

from infra.constructs.website.access_log_delivery import AccessLogDelivery
from infra.regions import EDGE_REGION
from infra.settings import Settings
from infra.stacks.base import StageStack
from infra.stacks.names import ACCESS_LOG_DELIVERY, Names
from infra.stacks.site import DISTRIBUTION_ID


class LogsStack(StageStack):
    """The delivery of the access log. Deployed after the site."""

    def __init__(self, scope: Construct, *, settings: Settings) -> None:
        names = Names(settings.stage)
        super().__init__(
            scope,
            names.edge_stack("logs", settings.region),
            settings=settings,
            purpose=f"the access log of the distribution of {settings.region}",
            region=EDGE_REGION,
        )
        AccessLogDelivery(
            self,
            "AccessLog",
            delivery=names.cloudfront(ACCESS_LOG_DELIVERY, region=settings.region),
            distribution_id=Fn.get_stack_output(
                names.stack("site"), DISTRIBUTION_ID, settings.region
            ),
            bucket=names.bucket("access-logs", account=Aws.ACCOUNT_ID, region=settings.region),
        )

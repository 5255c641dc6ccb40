"""The stack of the site: its bucket, and the distribution of the site and the API."""

from aws_cdk import Fn
from constructs import Construct

from infra.constructs.data.references import DataReferences
from infra.constructs.parameter import put_parameter
from infra.constructs.website import Website
from infra.names import SITE_URL, Names
from infra.regions import EDGE_REGION
from infra.settings import Settings
from infra.stacks.base import StageStack
from infra.stacks.edge import CERTIFICATE, WEB_ACL

DISTRIBUTION_ID = "DistributionId"
"""The output that the stack of what watches the distribution reads with `Fn::GetStackOutput`."""


class SiteStack(StageStack):
    """The site. All of it can be built and published again.

    Raises `SettingsError` if the stage requires an operator and has none.
    """

    def __init__(self, scope: Construct, *, settings: Settings) -> None:
        settings.require_operator()
        super().__init__(
            scope,
            Names(settings.stage).stack("site"),
            settings=settings,
            purpose="the site and its distribution",
        )
        site = Website(
            self,
            "Website",
            settings=settings,
            data=DataReferences(self, settings),
            certificate_arn=_certificate_arn(settings),
            web_acl_arn=_edge_output(settings, WEB_ACL) if settings.waf else None,
        )
        put_parameter(self, settings=settings, name=SITE_URL, value=site.url)
        self.add_outputs(
            {
                "SiteUrl": site.url,
                "ApiUrl": f"{site.url}/api/v1",
                "SiteBucket": site.bucket.bucket_name,
                DISTRIBUTION_ID: site.distribution.distribution_id,
                "SignInBy": settings.identity,
            }
        )


def _certificate_arn(settings: Settings) -> str | None:
    if settings.requests_certificate:
        return _edge_output(settings, CERTIFICATE)
    return settings.domain.certificate_arn if settings.domain else None


def _edge_output(settings: Settings, output: str) -> str:
    edge = Names(settings.stage).edge_stack("edge", settings.region)
    return Fn.get_stack_output(edge, output, EDGE_REGION)

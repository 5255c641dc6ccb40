"""The stack of what the distribution needs in us-east-1."""

from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_route53 as route53
from constructs import Construct

from infra.constructs.firewall import Firewall
from infra.names import Names
from infra.regions import EDGE_REGION
from infra.settings import Domain, Settings
from infra.stacks.base import StageStack

# The outputs that the site's stack reads with `Fn::GetStackOutput`, which needs no export.

CERTIFICATE = "CertificateArn"
WEB_ACL = "WebAclArn"


class EdgeStack(StageStack):
    """The certificate of the domain, and the firewall. Deployed before the site."""

    def __init__(self, scope: Construct, *, settings: Settings) -> None:
        super().__init__(
            scope,
            Names(settings.stage).edge_stack("edge", settings.region),
            settings=settings,
            purpose=f"what the distribution of {settings.region} needs",
            region=EDGE_REGION,
        )
        if settings.domain and settings.requests_certificate:
            certificate = self._certificate(settings.domain)
            self.add_outputs({CERTIFICATE: certificate.certificate_arn})
        if settings.waf:
            firewall = Firewall(self, "Firewall", settings=settings, waf=settings.waf)
            self.add_outputs({WEB_ACL: firewall.arn})

    def _certificate(self, domain: Domain) -> acm.Certificate:
        zone = (
            route53.HostedZone.from_hosted_zone_id(self, "Zone", domain.hosted_zone_id)
            if domain.hosted_zone_id
            else None
        )
        return acm.Certificate(
            self,
            "Certificate",
            domain_name=domain.name,
            validation=acm.CertificateValidation.from_dns(zone),
        )

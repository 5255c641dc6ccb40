"""The CloudFront distribution: the site's pages by default, the API under `/api/*`."""

from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.data.references import DataReferences
from infra.constructs.nag import suppress_nag
from infra.constructs.website.api_behavior import api_behaviors
from infra.constructs.website.page_behavior import page_behavior
from infra.settings import Settings

SUPPRESSIONS = {
    "AwsSolutions-CFR1": "Customers may be in any country.",
    "AwsSolutions-CFR3": "The access log is delivered by standard logging (v2), in another stack.",
}
WITHOUT_FIREWALL = {
    "AwsSolutions-CFR2": "The setting `waf` is off: the API is throttled and validates its input.",
}
WITHOUT_DOMAIN = {
    "AwsSolutions-CFR4": "Without a custom domain CloudFront's default certificate applies, and "
    "its minimum protocol version cannot be changed.",
}


class Distribution(Construct):
    """`distribution`; the stack of its access log has the delivery."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        site: s3.Bucket,
        data: DataReferences,
        certificate_arn: str | None,
        web_acl_arn: str | None,
    ) -> None:
        super().__init__(scope, name)
        domain = settings.domain
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"Docket {settings.stage}",
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021
            if domain
            else None,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            domain_names=[domain.name] if domain else None,
            certificate=acm.Certificate.from_certificate_arn(self, "Certificate", certificate_arn)
            if certificate_arn
            else None,
            web_acl_id=web_acl_arn,
            default_behavior=page_behavior(self, settings=settings, site=site),
            additional_behaviors=api_behaviors(self, settings=settings, data=data),
        )
        without = {
            **SUPPRESSIONS,
            **({} if web_acl_arn else WITHOUT_FIREWALL),
            **({} if domain else WITHOUT_DOMAIN),
        }
        for rule, reason in without.items():
            suppress_nag(self.distribution, rule, reason)

"""The records by which receivers recognise that mail comes from the stage's domain."""

from dataclasses import dataclass

from aws_cdk import Aws
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.settings import Settings

TTL_SECONDS = "1800"
"""As text, the form in which Route 53 takes it."""


@dataclass(frozen=True)
class DnsRecord:
    """A record of the domain, in the form of a zone file."""

    label: str
    name: str
    kind: str
    value: str


class DnsRecords(Construct):
    """DKIM, MAIL FROM with its SPF, and DMARC.

    `records` has all of them. Where the stage knows its hosted zone in Route 53 they are created;
    elsewhere a person adds them, and SES waits.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        identity: ses.CfnEmailIdentity,
    ) -> None:
        super().__init__(scope, name)
        self.records = _records(settings, identity)
        zone = settings.domain.hosted_zone_id if settings.domain else None
        for record in self.records if zone else ():
            route53.CfnRecordSet(
                self,
                record.label,
                hosted_zone_id=zone,
                name=record.name,
                type=record.kind,
                ttl=TTL_SECONDS,
                resource_records=[record.value],
            )


def _records(settings: Settings, identity: ses.CfnEmailIdentity) -> list[DnsRecord]:
    domain = identity.email_identity
    server = f"10 feedback-smtp.{Aws.REGION}.amazonses.com"
    tokens = (
        (identity.attr_dkim_dns_token_name1, identity.attr_dkim_dns_token_value1),
        (identity.attr_dkim_dns_token_name2, identity.attr_dkim_dns_token_value2),
        (identity.attr_dkim_dns_token_name3, identity.attr_dkim_dns_token_value3),
    )
    sender = settings.mail_sender
    dmarc = sender.dmarc if sender else None
    return [
        *(
            DnsRecord(f"Dkim{number}", name, "CNAME", value)
            for number, (name, value) in enumerate(tokens, start=1)
        ),
        DnsRecord("MailFrom", f"mail.{domain}", "MX", server),
        DnsRecord("Spf", f"mail.{domain}", "TXT", '"v=spf1 include:amazonses.com ~all"'),
        *([DnsRecord("Dmarc", f"_dmarc.{domain}", "TXT", f'"{dmarc}"')] if dmarc else []),
    ]

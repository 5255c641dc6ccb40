"""What sends mail: SES's configuration, the verified sender, and the topic of its reports."""

from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.constructs.data.references import DataReferences
from infra.constructs.mail.dns_records import DnsRecords
from infra.constructs.mail.report_topic import ReportTopic
from infra.names import Names
from infra.settings import Settings

REPORTED = ("SEND", "BOUNCE", "COMPLAINT")
"""That a mail was accepted, and what ends further mail to an address."""


class VerifiedSender(Construct):
    """The identity of a stage that sends mail. `records` are those of its domain, if it has one."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        identity: str,
        data: DataReferences,
    ) -> None:
        super().__init__(scope, name)
        self.records: DnsRecords | None = None
        configuration = _configuration(self, Names(settings.stage).mail)
        topic = ReportTopic(self, "Reports", settings=settings, data=data)
        destination = ses.CfnConfigurationSetEventDestination(
            self,
            "Destination",
            configuration_set_name=configuration.ref,
            event_destination=ses.CfnConfigurationSetEventDestination.EventDestinationProperty(
                name="reports",
                enabled=True,
                matching_event_types=[*REPORTED],
                sns_destination=ses.CfnConfigurationSetEventDestination.SnsDestinationProperty(
                    topic_arn=topic.arn
                ),
            ),
        )
        # SES tries to publish when it takes the destination.
        destination.node.add_dependency(topic)
        is_domain = "@" not in identity
        verified = _identity(self, identity, mail_from=f"mail.{identity}" if is_domain else None)
        if is_domain:
            self.records = DnsRecords(self, "Records", settings=settings, identity=verified)


def _configuration(scope: Construct, name: str) -> ses.CfnConfigurationSet:
    """No opening and no click is tracked. A server that does not offer TLS gets no mail."""
    kind = ses.CfnConfigurationSet
    return kind(
        scope,
        "Configuration",
        name=name,
        delivery_options=kind.DeliveryOptionsProperty(tls_policy="REQUIRE"),
        reputation_options=kind.ReputationOptionsProperty(reputation_metrics_enabled=True),
        suppression_options=kind.SuppressionOptionsProperty(
            suppressed_reasons=["BOUNCE", "COMPLAINT"]
        ),
    )


def _identity(scope: Construct, identity: str, *, mail_from: str | None) -> ses.CfnEmailIdentity:
    """A domain signs by keys of 2,048 bits (Easy DKIM), and has bounces sent to `mail_from`.

    Until its records are found, SES uses its own domain for bounces.
    """
    kind = ses.CfnEmailIdentity
    return kind(
        scope,
        "Identity",
        email_identity=identity,
        # Bounces are reported to the topic.
        feedback_attributes=kind.FeedbackAttributesProperty(email_forwarding_enabled=False),
        dkim_signing_attributes=kind.DkimSigningAttributesProperty(
            next_signing_key_length="RSA_2048_BIT"
        )
        if mail_from
        else None,
        mail_from_attributes=kind.MailFromAttributesProperty(
            mail_from_domain=mail_from, behavior_on_mx_failure="USE_DEFAULT_VALUE"
        )
        if mail_from
        else None,
    )

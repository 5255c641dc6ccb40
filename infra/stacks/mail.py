"""The stack of what sends mail to customers."""

from constructs import Construct

from infra.constructs.mail import VerifiedSender
from infra.constructs.queue_function import QueueFunction
from infra.endpoints.events import ON_MAIL_REPORT, SEND_MAIL
from infra.layers.build import Layer
from infra.settings import Settings
from infra.stacks.api import AppStack


class MailStack(AppStack):
    """The sender, the function that sends mails, and the one that follows SES's reports.

    A stage without a sender has both functions: what is owed is dropped, and counted.
    """

    def __init__(self, scope: Construct, *, settings: Settings, layers: dict[str, Layer]) -> None:
        super().__init__(
            scope,
            "mail",
            settings=settings,
            layers=layers,
            specs=(SEND_MAIL, ON_MAIL_REPORT),
            purpose="mail to customers",
        )
        if identity := settings.mail_identity:
            sender = VerifiedSender(
                self, "Sender", settings=settings, identity=identity, data=self.context.data
            )
            if sender.records:
                self.add_outputs(
                    {
                        f"MailRecord{record.label}": f"{record.name} {record.kind} {record.value}"
                        for record in sender.records.records
                    }
                )
        QueueFunction(self, "Mail", spec=SEND_MAIL, context=self.context)
        QueueFunction(self, "Feedback", spec=ON_MAIL_REPORT, context=self.context)

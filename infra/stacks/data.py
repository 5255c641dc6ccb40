"""The stack of everything that must not be lost."""

from constructs import Construct

from infra.constructs.data import Data
from infra.constructs.identity_provider import IdentityConstruct
from infra.constructs.log_group import LogGroups
from infra.constructs.payments import Payments
from infra.endpoints import FUNCTIONS
from infra.names import Names
from infra.settings import Settings
from infra.stacks.base import StageStack


class DataStack(StageStack):
    """The table, the buckets, the queues, the secrets, the user pool and the logs.

    It is deployed first, and only it has termination protection. The table is created after all
    other resources, because a table with deletion protection cannot be removed if a later resource
    fails. Nothing else here has deletion protection, for the same reason.
    """

    def __init__(self, scope: Construct, *, settings: Settings) -> None:
        super().__init__(
            scope,
            Names(settings.stage).stack("data"),
            settings=settings,
            purpose="the stored data",
            termination_protection=settings.keeps_data,
        )
        data = Data(self, "Data", settings=settings)
        payments = Payments(self, "Payments", settings=settings)
        for part in (
            data.documents,
            data.queues,
            data.access_logs,
            payments,
            IdentityConstruct(self, "Identity", settings=settings),
            LogGroups(self, "Logs", settings=settings, functions=[spec.name for spec in FUNCTIONS]),
        ):
            data.table.node.add_dependency(part)
        self.add_outputs(
            {
                "StripeSecret": payments.secret.secret_arn,
                "Table": data.table.table_name,
                "Documents": data.documents.bucket.bucket_name,
                **{
                    f"{name.capitalize()}Queue": queue.queue_url
                    for name, queue in data.queues.by_name.items()
                },
                **{
                    f"{name.capitalize()}DeadLetters": queue.queue_url
                    for name, queue in data.queues.dead_letters.items()
                },
            }
        )

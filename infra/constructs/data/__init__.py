"""The stored data: the table, the bucket of documents and the queues.

A nested construct that wraps one resource gives it the id `Default`, which CDK leaves out of
logical ids. A construct can therefore be split without replacing a table or a bucket.
"""

from constructs import Construct

from infra.constructs.data.access_logs import AccessLogs
from infra.constructs.data.documents import Documents
from infra.constructs.data.mail_reports import allow_mail_reports
from infra.constructs.data.queues import Queues
from infra.constructs.data.table import Table
from infra.settings import Settings


class Data(Construct):
    """`table`, `queues`, `access_logs`, `documents` (see their modules)."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.table = Table(self, "Table", settings=settings).table
        self.queues = Queues(self, "Queues", settings=settings)
        self.access_logs = AccessLogs(self, "AccessLogs", settings=settings).bucket
        self.documents = Documents(
            self, "Documents", settings=settings, access_logs=self.access_logs
        )
        self.documents.notify(self.queues)
        if settings.mail_identity:
            allow_mail_reports(self.queues.by_name["feedback"], settings)

"""The stack of the functions that find and settle debts."""

from constructs import Construct

from infra.constructs.queue_function import QueueFunction
from infra.constructs.scheduled_dispatch import ScheduledDispatch
from infra.endpoints.events import DISPATCH, EXPORT_ACCOUNT, MAKE_REPORT, SETTLE_DEBT
from infra.layers.build import Layer
from infra.settings import Settings
from infra.stacks.api import AppStack


class DebtsStack(AppStack):
    """The scheduled dispatch, the worker of all classes of debts, and of exports and reports."""

    def __init__(self, scope: Construct, *, settings: Settings, layers: dict[str, Layer]) -> None:
        super().__init__(
            scope,
            "debts",
            settings=settings,
            layers=layers,
            specs=(DISPATCH, SETTLE_DEBT, EXPORT_ACCOUNT, MAKE_REPORT),
            purpose="what is owed",
        )
        ScheduledDispatch(self, "Dispatch", context=self.context)
        if EXPORT_ACCOUNT.exists(settings.identity):
            QueueFunction(self, "Exports", spec=EXPORT_ACCOUNT, context=self.context)
        QueueFunction(self, "Reports", spec=MAKE_REPORT, context=self.context)
        QueueFunction(self, "Debts", spec=SETTLE_DEBT, context=self.context)

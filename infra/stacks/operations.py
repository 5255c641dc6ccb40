"""The stack of what watches the others."""

from constructs import Construct

from infra.constructs.alarms import Alarms
from infra.constructs.parameter import parameter_value
from infra.metrics import Metrics
from infra.settings import Settings
from infra.stacks.base import StageStack
from infra.stacks.names import API_ID, Names


class OperationsStack(StageStack):
    """Alarms and the dashboard.

    They name metrics by their dimensions, not by resources of other stacks. The local stage does
    not deploy this stack: the emulator refuses a template with a type that it does not know.
    """

    def __init__(self, scope: Construct, *, settings: Settings) -> None:
        names = Names(settings.stage)
        super().__init__(
            scope,
            names.stack("operations"),
            settings=settings,
            purpose="alarms and the dashboard",
        )
        metrics = Metrics(names=names, api_id=parameter_value(self, settings=settings, name=API_ID))
        Alarms(self, "Alarms", settings=settings, metrics=metrics)

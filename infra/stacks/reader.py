"""The stack of the functions that accept uploads, read documents and record results."""

from constructs import Construct

from infra.constructs.queue_function import QueueFunction
from infra.endpoints.events import ON_RESULT, ON_UPLOAD, READ_DOCUMENT
from infra.layers.build import Layer
from infra.settings import Settings
from infra.stacks.api import AppStack


class ReaderStack(AppStack):
    """Three functions. Their queues are in the data stack: a message is data."""

    def __init__(self, scope: Construct, *, settings: Settings, layers: dict[str, Layer]) -> None:
        super().__init__(
            scope,
            "reader",
            settings=settings,
            layers=layers,
            specs=(ON_UPLOAD, READ_DOCUMENT, ON_RESULT),
            purpose="the reader",
        )
        QueueFunction(self, "Uploads", spec=ON_UPLOAD, context=self.context)
        QueueFunction(self, "Reading", spec=READ_DOCUMENT, context=self.context)
        QueueFunction(self, "Results", spec=ON_RESULT, context=self.context)

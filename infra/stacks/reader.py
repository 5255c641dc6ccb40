"""The stack of the reader."""

from constructs import Construct

from infra.constructs.ingestion import Ingestion
from infra.endpoints.events import ON_UPLOAD
from infra.layers.build import Layer
from infra.settings import Settings
from infra.stacks.api import AppStack


class ReaderStack(AppStack):
    """The function that reads documents. Its queue is in the data stack: a message is data."""

    def __init__(self, scope: Construct, *, settings: Settings, layers: dict[str, Layer]) -> None:
        super().__init__(
            scope,
            "reader",
            settings=settings,
            layers=layers,
            specs=(ON_UPLOAD,),
            purpose="the reader",
        )
        Ingestion(self, "Reading", context=self.context)

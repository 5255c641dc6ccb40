"""What a function's row may refer to."""

from dataclasses import dataclass

from infra.constructs.data.references import DataReferences
from infra.constructs.functions.layer_versions import LayerVersions
from infra.settings import Settings


@dataclass(frozen=True, kw_only=True)
class FunctionContext:
    """The settings, the layers of the stack, and the stored data. Passed to every construct that
    makes functions.
    """

    settings: Settings
    layers: LayerVersions
    data: DataReferences

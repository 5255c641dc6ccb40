"""The parts of the stack that a function's row may refer to."""

from dataclasses import dataclass

from infra.constructs.data import Data
from infra.constructs.functions.layer_versions import LayerVersions
from infra.constructs.identity import Identity
from infra.constructs.payments import Payments
from infra.settings import Settings


@dataclass(frozen=True, kw_only=True)
class FunctionContext:
    """Passed to every construct that makes functions."""

    settings: Settings
    layers: LayerVersions
    data: Data
    identity: Identity
    payments: Payments

    def secret_arns(self) -> dict[str, str]:
        """The ARN of each secret that exists in this stack, by its name in a row."""
        arns = {"stripe": self.payments.secret.secret_arn}
        if self.identity.token_key:
            arns["token_key"] = self.identity.token_key.secret_arn
        return arns

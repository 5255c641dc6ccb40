"""The parts of the stack that a function's row may refer to."""

from dataclasses import dataclass

from infra.constructs.data import Data
from infra.constructs.functions.layer_versions import LayerVersions
from infra.constructs.identity_provider import Identity
from infra.constructs.payments import Payments
from infra.endpoint_spec import Secret
from infra.settings import Settings


@dataclass(frozen=True, kw_only=True)
class FunctionContext:
    """The parts of the stack. Passed to every construct that makes functions."""

    settings: Settings
    layers: LayerVersions
    data: Data
    identity_provider: Identity
    payments: Payments

    def secret_arn(self, secret: Secret) -> str:
        """The ARN of a secret that a row names. Raises `ValueError` if there is none."""
        match secret:
            case "stripe":
                return self.payments.secret.secret_arn
            case "token_key":
                if self.identity_provider.token_key is None:
                    raise ValueError("a row needs the token key, which this stack does not have")
                return self.identity_provider.token_key.secret_arn

"""The key that encrypts secrets of customers in the table, such as that of an authenticator app."""

from constructs import Construct

from infra.constructs.identity_provider.generated_key import GeneratedKey
from infra.settings import Settings


class SealingKey(GeneratedKey):
    """`secret` holds `{"key"}`, a text that Secrets Manager generates."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(
            scope,
            name,
            settings=settings,
            description="The key that encrypts secrets of customers: key",
            unscheduled="Without the key no second factor can be used, so that it is not replaced.",
            fields={},
        )

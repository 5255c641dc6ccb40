"""The signing key of access tokens."""

from constructs import Construct

from infra.constructs.identity_provider.generated_key import GeneratedKey
from infra.settings import Settings


class TokenKey(GeneratedKey):
    """`secret` holds `{"kid", "key"}`. Secrets Manager generates the text `key`.

    The key pair is derived from it. `operations.rotation` replaces it in steps, with fields for the
    next and the previous key.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(
            scope,
            name,
            settings=settings,
            description="The signing key of access tokens: kid, key",
            unscheduled="Rotation takes three steps with pauses between them; a command takes "
            "each.",
            fields={"kid": "1"},
        )

"""The signing key of access tokens."""

import json

from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.nag import suppress_nag
from infra.constructs.removal import removal_policy
from infra.settings import Settings

KEY_LENGTH = 64


class TokenKey(Construct):
    """`secret` holds `{"kid", "key"}`. Secrets Manager generates the text `key`.

    The key pair is derived from it. `operations.rotation` replaces it in steps, with fields for the
    next and the previous key.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.secret = secretsmanager.Secret(
            self,
            "Default",
            description="The signing key of access tokens: kid, key",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=json.dumps({"kid": "1"}),
                generate_string_key="key",
                password_length=KEY_LENGTH,
                exclude_punctuation=True,
            ),
            removal_policy=removal_policy(settings),
        )
        suppress_nag(
            self.secret,
            "AwsSolutions-SMG4",
            "Rotation takes three steps with pauses between them; a command takes each.",
        )

"""The key that access tokens are signed with."""

import json

from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.nag import suppress_nag
from infra.constructs.removal import removal_policy
from infra.settings import Settings

KEY_LENGTH = 64


class TokenKey(Construct):
    """`secret` holds `{"kid", "key"}`. Secrets Manager generates the key; it exists nowhere else.

    To rotate it, store `{"kid": "2", "key": <new>, "previous_kid": "1", "previous_key": <old>}`;
    tokens signed with the old key stay valid. Remove the old key when the last of them has expired:
    an access token's lifetime later, and five minutes more for what functions have cached.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.secret = secretsmanager.Secret(
            self,
            "Default",
            description="The key our access tokens are signed with: kid, key",
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
            "Rotation takes two steps with a pause between them; the construct describes them.",
        )

"""The key that encrypts secrets of customers in the table, such as that of an authenticator app."""

from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.identity_provider.token_key import KEY_LENGTH
from infra.constructs.nag import suppress_nag
from infra.constructs.removal import removal_policy
from infra.settings import Settings


class SealingKey(Construct):
    """`secret` holds `{"key"}`, a text that Secrets Manager generates."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.secret = secretsmanager.Secret(
            self,
            "Default",
            description="The key that encrypts secrets of customers: key",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template="{}",  # noqa: S106 - a template
                generate_string_key="key",
                password_length=KEY_LENGTH,
                exclude_punctuation=True,
            ),
            removal_policy=removal_policy(settings),
        )
        suppress_nag(
            self.secret,
            "AwsSolutions-SMG4",
            "Without the key no second factor can be used, so that it is not replaced.",
        )

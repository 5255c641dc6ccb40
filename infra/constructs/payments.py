"""The secret of Stripe's API keys."""

import json

from aws_cdk import SecretValue
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.nag import suppress_nag
from infra.constructs.parameter import put_parameter
from infra.constructs.removal import removal_policy
from infra.names import STRIPE_SECRET_ARN
from infra.settings import Settings

UNSET = json.dumps({"secret_key": "", "webhook_secret": "", "publishable_key": ""})
"""The secret's initial value. An empty string is never sent to Stripe as a key."""


class Payments(Construct):
    """`secret`: `{"secret_key", "webhook_secret", "publishable_key"}`, stored by the operator."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.secret = secretsmanager.Secret(
            self,
            "Stripe",
            description="Stripe's keys: secret_key, webhook_secret, publishable_key",
            secret_string_value=SecretValue.unsafe_plain_text(UNSET),
            removal_policy=removal_policy(settings),
        )
        suppress_nag(
            self.secret,
            "AwsSolutions-SMG4",
            "Stripe issues and rotates these keys; nothing in this account can issue new ones.",
        )
        put_parameter(self, settings=settings, name=STRIPE_SECRET_ARN, value=self.secret.secret_arn)

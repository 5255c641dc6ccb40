"""Stripe's keys."""

import json

from aws_cdk import RemovalPolicy, SecretValue
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.explained import explained
from infra.settings import Settings

UNSET = json.dumps({"secret_key": "", "webhook_secret": "", "publishable_key": ""})
"""What the secret holds until somebody fills it in: nothing that Stripe would take for a key."""


class Payments(Construct):
    """`secret`: `{"secret_key", "webhook_secret", "publishable_key"}`, filled in by hand."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.secret = secretsmanager.Secret(
            self,
            "Stripe",
            description="Stripe's keys: secret_key, webhook_secret, publishable_key",
            secret_string_value=SecretValue.unsafe_plain_text(UNSET),
            removal_policy=RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY,
        )
        explained(
            self.secret,
            "AwsSolutions-SMG4",
            "Stripe makes and rolls these keys; nothing in this account can make new ones.",
        )

"""A secret that Secrets Manager generates, and no schedule replaces."""

import json
from collections.abc import Mapping

from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.nag import suppress_nag
from infra.constructs.removal import removal_policy
from infra.settings import Settings

KEY_LENGTH = 64
"""Letters and digits: more than 256 random bits."""


class GeneratedKey(Construct):
    """`secret` holds a generated text: as it is, or as the field `key` beside `fields`.

    `unscheduled` is the reason for which no schedule rotates it.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        description: str,
        unscheduled: str,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(scope, name)
        self.secret = secretsmanager.Secret(
            self,
            "Default",
            description=description,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=None if fields is None else json.dumps(fields),
                generate_string_key=None if fields is None else "key",
                password_length=KEY_LENGTH,
                exclude_punctuation=True,
            ),
            removal_policy=removal_policy(settings),
        )
        suppress_nag(self.secret, "AwsSolutions-SMG4", unscheduled)

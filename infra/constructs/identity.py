"""Who signs people in: our own tokens (`jwt`), or a user pool (`cognito`)."""

import json

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.explained import explained
from infra.settings import Settings

ISSUER = "docket"
AUDIENCE = "docket-api"
KEY_LENGTH = 64

REFRESH_GRACE_SECONDS = 30
"""As `REFRESH_GRACE` of `docket.domain.user` has it for tokens of our own; Cognito allows 60."""


class Identity(Construct):
    """`token_key` where identity is `jwt`, `pool` and `client` where it is `cognito`; or None.

    `edge_key` is what the distribution adds to a request, so that the functions which count tries
    believe what it says of the caller's address. Whoever may read a function's configuration can
    read it, and could then only choose the address their own tries are counted under: so it is
    handed over when the stack is deployed, and costs no call. A new one takes effect with the next
    deployment that changes both.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.token_key: secretsmanager.Secret | None = None
        self.pool: cognito.UserPool | None = None
        self.client: cognito.UserPoolClient | None = None
        self.edge_key = self._edge_key()
        removal = RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY
        if settings.identity == "jwt":
            self.token_key = self._token_key(removal)
        else:
            self.pool = self._pool(settings, removal)
            self.client = self.pool.add_client(
                "Api",
                generate_secret=False,
                auth_flows=cognito.AuthFlow(admin_user_password=True),
                prevent_user_existence_errors=True,
                enable_token_revocation=True,
                access_token_validity=Duration.seconds(settings.tokens.pool_access_seconds),
                id_token_validity=Duration.seconds(settings.tokens.pool_access_seconds),
                refresh_token_validity=Duration.seconds(settings.tokens.refresh_seconds),
                # Each is good once, and for repeating a refresh whose reply was lost.
                refresh_token_rotation_grace_period=Duration.seconds(REFRESH_GRACE_SECONDS),
                disable_o_auth=True,
            )

    def _edge_key(self) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            "EdgeKey",
            description="What our distribution adds to a request to prove that it is itself",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=KEY_LENGTH, exclude_punctuation=True
            ),
            removal_policy=RemovalPolicy.DESTROY,  # a new stack has a new one
        )
        explained(
            secret,
            "AwsSolutions-SMG4",
            "It takes effect by a deployment, so a clock cannot change it.",
        )
        return secret

    def _token_key(self, removal: RemovalPolicy) -> secretsmanager.Secret:
        """`{"kid", "key"}`: the key is made by Secrets Manager and was never anywhere else.

        To roll it, put `{"kid": "2", "key": <new>, "previous_kid": "1", "previous_key": <old>}`;
        tokens signed with the old one go on being good. Take the old one away when the last of
        them has expired: an access token's lifetime later, and five minutes for what is remembered.
        """
        secret = secretsmanager.Secret(
            self,
            "TokenKey",
            description="The key our access tokens are signed with: kid, key",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=json.dumps({"kid": "1"}),
                generate_string_key="key",
                password_length=KEY_LENGTH,
                exclude_punctuation=True,
            ),
            removal_policy=removal,
        )
        explained(
            secret,
            "AwsSolutions-SMG4",
            "Rolling it needs two steps with a pause between them; they are described beside it.",
        )
        return secret

    def _pool(self, settings: Settings, removal: RemovalPolicy) -> cognito.UserPool:
        pool = cognito.UserPool(
            self,
            "Pool",
            self_sign_up_enabled=False,  # people register through our API, which throttles
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True),
                fullname=cognito.StandardAttribute(required=False, mutable=True),
            ),
            password_policy=cognito.PasswordPolicy(
                min_length=8,
                require_digits=False,
                require_lowercase=False,
                require_uppercase=False,
                require_symbols=False,
            ),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            deletion_protection=settings.keeps_data,
            removal_policy=removal,
        )
        explained(
            pool,
            "AwsSolutions-COG1",
            "Length and a list of common passwords, checked on registering, as NIST SP 800-63B "
            "advises: rules of composition make passwords worse.",
        )
        explained(
            pool, "AwsSolutions-COG2", "A second factor is not offered: no route asks for it."
        )
        explained(
            pool,
            "AwsSolutions-COG3",
            "Threat protection is charged for each user; login is "
            "throttled by address and by caller instead.",
        )
        explained(
            pool, "AwsSolutions-COG8", "The Plus plan adds threat protection alone; see COG3."
        )
        return pool

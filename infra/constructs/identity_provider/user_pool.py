"""The Cognito user pool and the API's app client."""

from aws_cdk import Duration
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.constructs.nag import suppress_nag
from infra.constructs.removal import removal_policy
from infra.settings import Settings

REFRESH_GRACE_SECONDS = 30
"""The same as `REFRESH_GRACE` of `docket.domain.accounts.user`. Cognito allows up to 60 seconds."""

LEAST_REFRESH_TOKEN_VALIDITY = Duration.hours(1)
"""Cognito's minimum."""

CLIENT_ATTRIBUTES = cognito.ClientAttributes().with_standard_attributes(fullname=True)
"""What the owner of a token of the pool may read and change there by its own API.

With none, Cognito allows all: whoever has stolen a token could give the account another address.
The API creates and changes accounts by the administrator's calls, which this does not bind.
"""

PASSWORD_POLICY = cognito.PasswordPolicy(
    min_length=8,
    require_digits=False,
    require_lowercase=False,
    require_uppercase=False,
    require_symbols=False,
)

SUPPRESSIONS = {
    "AwsSolutions-COG1": "Registration checks the length and a list of common passwords, as NIST "
    "SP 800-63B advises: composition rules make passwords weaker.",
    "AwsSolutions-COG2": "The second factor is Docket's own, the same wherever passwords are.",
    "AwsSolutions-COG3": "Threat protection is charged for each user; login attempts are limited "
    "by address and by caller instead.",
    "AwsSolutions-COG8": "The Plus plan adds only threat protection; see COG3.",
}


class UserPool(Construct):
    """`pool`, in which only the API creates customers, and its `client`."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.pool = cognito.UserPool(
            self,
            "Default",
            self_sign_up_enabled=False,  # customers register through the API, which limits the rate
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            standard_attributes=cognito.StandardAttributes(
                # Every client may write an attribute that is required. `create` sets it always.
                email=cognito.StandardAttribute(required=False, mutable=True),
                fullname=cognito.StandardAttribute(required=False, mutable=True),
            ),
            # `TYPED_EMAIL` of `docket.gateways.cognito`.
            custom_attributes={"typed_email": cognito.StringAttribute(mutable=True)},
            password_policy=PASSWORD_POLICY,
            account_recovery=_recovery(settings),
            # No deletion protection: see `infra.stacks.data`.
            removal_policy=removal_policy(settings),
        )
        for rule, reason in SUPPRESSIONS.items():
            suppress_nag(self.pool, rule, reason)
        self.client = self._client(settings)

    def _client(self, settings: Settings) -> cognito.UserPoolClient:
        access = Duration.seconds(settings.tokens.pool_access_seconds)
        return self.pool.add_client(
            "Api",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(admin_user_password=True),
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=access,
            id_token_validity=access,
            refresh_token_validity=_refresh_token_validity(settings),
            # A refresh token is valid once, and again within the grace period if the response was
            # lost.
            refresh_token_rotation_grace_period=Duration.seconds(REFRESH_GRACE_SECONDS),
            read_attributes=CLIENT_ATTRIBUTES,
            write_attributes=CLIENT_ATTRIBUTES,
            disable_o_auth=True,
        )


def _recovery(settings: Settings) -> cognito.AccountRecovery:
    """Whether the pool's public `ForgotPassword` works: not beside Docket's own reset by mail."""
    if settings.identity == "gateway":
        return cognito.AccountRecovery.EMAIL_ONLY
    return cognito.AccountRecovery.NONE


def _refresh_token_validity(settings: Settings) -> Duration:
    """That of a session, if sessions are the pool's. Otherwise nobody has the token."""
    if settings.identity == "gateway":
        return Duration.seconds(settings.tokens.refresh_seconds)
    return LEAST_REFRESH_TOKEN_VALIDITY

"""The identity provider: Docket's own access tokens (`jwt`) or a Cognito user pool (`cognito`)."""

from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.identity_provider.edge_key import EdgeKeys
from infra.constructs.identity_provider.sealing_key import SealingKey
from infra.constructs.identity_provider.token_key import TokenKey
from infra.constructs.identity_provider.user_pool import UserPool
from infra.constructs.parameter import put_parameter
from infra.endpoint_spec import IDENTITIES_WITH
from infra.names import (
    SEALING_KEY_ARN,
    TOKEN_KEY_ARN,
    USER_POOL_CLIENT_ID,
    USER_POOL_ID,
)
from infra.settings import Settings

ISSUER = "docket"
AUDIENCE = "docket-api"


class IdentityConstruct(Construct):
    """The edge keys; `token_key` if sessions are Docket's own; `pool` and `client` with `cognito`.

    Parts that belong to another identity are None.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.token_key: secretsmanager.Secret | None = None
        self.pool: cognito.UserPool | None = None
        self.client: cognito.UserPoolClient | None = None
        parameters = EdgeKeys(self, "EdgeKey", settings=settings).parameters
        if settings.identity in IDENTITIES_WITH["token_key"]:
            self.token_key = TokenKey(self, "TokenKey", settings=settings).secret
            parameters[TOKEN_KEY_ARN] = self.token_key.secret_arn
        if settings.identity in IDENTITIES_WITH["sealing_key"]:
            sealing_key = SealingKey(self, "SealingKey", settings=settings)
            parameters[SEALING_KEY_ARN] = sealing_key.secret.secret_arn
        if settings.identity_provider == "cognito":
            user_pool = UserPool(self, "Pool", settings=settings)
            self.pool, self.client = user_pool.pool, user_pool.client
            parameters[USER_POOL_ID] = self.pool.user_pool_id
            parameters[USER_POOL_CLIENT_ID] = self.client.user_pool_client_id
        for parameter, value in parameters.items():
            put_parameter(self, settings=settings, name=parameter, value=value)

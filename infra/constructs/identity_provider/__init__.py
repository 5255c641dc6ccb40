"""The identity provider: Docket's own access tokens (`jwt`) or a Cognito user pool (`cognito`)."""

from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.identity_provider.edge_key import EdgeKey
from infra.constructs.identity_provider.token_key import TokenKey
from infra.constructs.identity_provider.user_pool import UserPool
from infra.settings import Settings

ISSUER = "docket"
AUDIENCE = "docket-api"


class Identity(Construct):
    """`edge_key`; `token_key` if the identity is `jwt`; `pool` and `client` if it is `cognito`.

    Parts that belong to the other identity are None.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.token_key: secretsmanager.Secret | None = None
        self.pool: cognito.UserPool | None = None
        self.client: cognito.UserPoolClient | None = None
        self.edge_key = EdgeKey(self, "EdgeKey").secret
        if settings.identity_provider == "jwt":
            self.token_key = TokenKey(self, "TokenKey", settings=settings).secret
        else:
            user_pool = UserPool(self, "Pool", settings=settings)
            self.pool, self.client = user_pool.pool, user_pool.client

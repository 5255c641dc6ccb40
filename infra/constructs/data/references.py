"""The stored data as the other stacks refer to it: by its name, or by an SSM parameter."""

from aws_cdk import Aws
from constructs import Construct

from infra.constructs.parameter import parameter_value
from infra.constructs.physical_names import bucket_name
from infra.endpoint_spec import IDENTITIES_WITH, QueueName, Secret
from infra.names import (
    SEALING_KEY_ARN,
    SITE_URL,
    STRIPE_SECRET_ARN,
    TOKEN_KEY_ARN,
    USER_POOL_CLIENT_ID,
    USER_POOL_ID,
    Names,
    edge_key_arn,
)
from infra.settings import Settings

_SECRETS: dict[Secret, str] = {
    "stripe": STRIPE_SECRET_ARN,
    "token_key": TOKEN_KEY_ARN,
    "sealing_key": SEALING_KEY_ARN,
}


class DataReferences:
    """The data stack's resources. A parameter is added to the stack of `scope` when it is used."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        self._scope, self._settings = scope, settings
        self._names = names = Names(settings.stage)
        self.table_name, self.table_arn = names.table, _arn("dynamodb", f"table/{names.table}")
        self.bucket_name = bucket_name("documents", settings)
        self.bucket_arn = f"arn:{Aws.PARTITION}:s3:::{self.bucket_name}"

    def queue_arn(self, name: QueueName) -> str:
        return _arn("sqs", self._names.queue(name))

    def queue_url(self, name: QueueName) -> str:
        queue = self._names.queue(name)
        return f"https://sqs.{Aws.REGION}.{Aws.URL_SUFFIX}/{Aws.ACCOUNT_ID}/{queue}"

    def edge_key_arn(self, label: str) -> str:
        return self._parameter(edge_key_arn(label))

    @property
    def site_url(self) -> str:
        return self._parameter(SITE_URL)

    @property
    def user_pool_id(self) -> str:
        """This and the next two raise `ValueError` if the identity is not `cognito`."""
        return self._of_pool(USER_POOL_ID)

    @property
    def user_pool_client_id(self) -> str:
        return self._of_pool(USER_POOL_CLIENT_ID)

    @property
    def user_pool_arn(self) -> str:
        return _arn("cognito-idp", f"userpool/{self.user_pool_id}")

    def secret_arn(self, secret: Secret) -> str:
        """The ARN of a secret that a row names. Raises `ValueError` if the stage has none."""
        if self._settings.identity not in IDENTITIES_WITH[secret]:
            raise ValueError(f"a row needs the {secret}, which this stage does not have")
        return self._parameter(_SECRETS[secret])

    def _of_pool(self, name: str) -> str:
        if self._settings.identity_provider != "cognito":
            raise ValueError("a row needs a user pool, which this stage does not have")
        return self._parameter(name)

    def _parameter(self, name: str) -> str:
        return parameter_value(self._scope, settings=self._settings, name=name)


def _arn(service: str, resource: str) -> str:
    return f"arn:{Aws.PARTITION}:{service}:{Aws.REGION}:{Aws.ACCOUNT_ID}:{resource}"

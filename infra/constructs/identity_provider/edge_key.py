"""The secrets by which functions recognise requests that came through the distribution."""

from aws_cdk import SecretValue
from constructs import Construct

from infra.constructs.data.references import DataReferences
from infra.constructs.identity_provider.generated_key import GeneratedKey
from infra.names import edge_key_arn
from infra.settings import Settings


class EdgeKeys(Construct):
    """A generated key for each label of the settings; `parameters` are their ARNs.

    The distribution adds the first key to each request as a header. Functions accept every key, and
    refuse requests without one. A value is a variable of the function, so that reading it costs no
    call. It is visible to everyone who may read a function's configuration; with it they can only
    bypass the distribution's firewall, and choose the address that their attempts count under.

    CloudFormation does not read a secret again unless the reference to it changes
    (https://repost.aws/knowledge-center/cloudformation-stack-update-secrets). So a key is replaced
    by one with another label. While the stacks that are deployed later are updated, CloudFormation
    still reads the old one (https://github.com/aws/aws-cdk/issues/24130). So it outlives its label
    where a stage retains its data; elsewhere its stacks are destroyed and deployed again.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.parameters: dict[str, str] = {}
        for label in settings.edge_keys:
            key = GeneratedKey(
                self,
                label,
                settings=settings,
                description="The header value that shows that a request came by the distribution",
                unscheduled="A new value takes effect with a deployment, so a schedule cannot "
                "rotate it.",
            )
            self.parameters[edge_key_arn(label)] = key.secret.secret_arn


def edge_key_value(data: DataReferences, label: str) -> str:
    """The key, which CloudFormation reads when it creates or updates the resource that has it."""
    return SecretValue.secrets_manager(data.edge_key_arn(label)).unsafe_unwrap()

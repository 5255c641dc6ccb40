"""The secret by which functions recognise requests that came through the distribution."""

from aws_cdk import RemovalPolicy, SecretValue
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.data.references import DataReferences
from infra.constructs.nag import suppress_nag

KEY_LENGTH = 64


class EdgeKey(Construct):
    """`secret`: the distribution adds its value to each request as a header.

    With that header, the functions that count attempts trust the client address that the
    distribution reports. The value is a variable of the function, so that reading it costs no call.
    It is visible to everyone who may read a function's configuration; with it they can only choose
    the address that their own attempts are counted under. A new value takes effect with the next
    deployment that changes both sides.
    """

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name)
        self.secret = secretsmanager.Secret(
            self,
            "Default",
            description="The header value that shows that a request came through the distribution",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=KEY_LENGTH, exclude_punctuation=True
            ),
            removal_policy=RemovalPolicy.DESTROY,  # a new stack generates a new value
        )
        suppress_nag(
            self.secret,
            "AwsSolutions-SMG4",
            "A new value takes effect with a deployment, so a schedule cannot rotate it.",
        )


def edge_key_value(data: DataReferences) -> str:
    """The key, which CloudFormation reads when it creates or updates the resource that has it."""
    return SecretValue.secrets_manager(data.edge_key_arn).unsafe_unwrap()

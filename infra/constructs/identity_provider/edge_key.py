"""The secret by which functions recognise requests that came through the distribution."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.nag import suppress_nag

KEY_LENGTH = 64


class EdgeKey(Construct):
    """`secret`: the distribution adds its value to each request as a header.

    The functions that count attempts then trust the client address that the distribution reports.
    Who may read a function's configuration can read the value; all they gain is to choose the
    address that their own attempts are counted under. So it is passed as a variable when the stack
    is deployed, and costs no call. A new value takes effect with the next deployment that changes
    both.
    """

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name)
        self.secret = secretsmanager.Secret(
            self,
            "Default",
            description="What our distribution adds to a request to prove that it is itself",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=KEY_LENGTH, exclude_punctuation=True
            ),
            removal_policy=RemovalPolicy.DESTROY,  # a new stack generates a new value
        )
        suppress_nag(
            self.secret,
            "AwsSolutions-SMG4",
            "A new value takes effect by a deployment, so a schedule cannot rotate it.",
        )

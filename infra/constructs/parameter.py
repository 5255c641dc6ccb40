"""SSM parameters, by which a stack passes an identifier to the stacks deployed after it."""

from aws_cdk import aws_ssm as ssm
from constructs import Construct

from infra.names import Names
from infra.settings import Settings


def put_parameter(scope: Construct, *, settings: Settings, name: str, value: str) -> None:
    """Store `value` under a name of `infra.names`."""
    ssm.StringParameter(
        scope,
        f"{name.title().replace('-', '')}Parameter",
        parameter_name=Names(settings.stage).parameter(name),
        string_value=value,
    )


def parameter_value(scope: Construct, *, settings: Settings, name: str) -> str:
    """The value, which CloudFormation reads at every deployment of the stack of `scope`."""
    return ssm.StringParameter.value_for_string_parameter(
        scope, Names(settings.stage).parameter(name)
    )

"""The Lambda functions, each made from its row of the table of endpoints and nothing else."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.functions.context import FunctionContext
from infra.constructs.functions.python_function import python_function
from infra.constructs.functions.role import FunctionRole
from infra.endpoint_spec import FunctionSpec


class Function(Construct):
    """One Lambda function with its own file and role. Its log group is in the data stack.

    `function` is the function; `live` is what callers invoke: the alias, or the function itself if
    it has no alias.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        spec: FunctionSpec,
        context: FunctionContext,
        alias: bool,
    ) -> None:
        super().__init__(scope, name)
        role = FunctionRole(self, "Default", spec=spec, context=context)
        self.function = python_function(
            self,
            "Function",
            spec=spec,
            context=context,
            role=role.role,
            snap_start=alias and spec.snapshot and context.settings.snap_start,
        )
        self.function.node.add_dependency(role.policy)
        self.live: lambda_.IFunction = self.function
        if alias:
            self.live = lambda_.Alias(
                self, "Live", alias_name="live", version=self.function.current_version
            )


def construct_name(spec: FunctionSpec) -> str:
    """`orders/add_document` → `OrdersAddDocument`: the construct id of a row's function."""
    return "".join(part.capitalize() for part in spec.name.replace("/", "_").split("_"))

"""The Lambda functions, each made from its row of the table of endpoints and nothing else."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.functions.code import handler_code
from infra.constructs.functions.context import FunctionContext
from infra.constructs.functions.environment import environment_of
from infra.constructs.functions.role import FunctionRole
from infra.constructs.log_retention import retention
from infra.constructs.nag import suppress_nag
from infra.endpoint_spec import FunctionSpec


class Function(Construct):
    """One Lambda function with its own file, role and log group.

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
        timeout: Duration,
        alias: bool,
    ) -> None:
        super().__init__(scope, name)
        settings = context.settings
        snap_start = alias and settings.snap_start
        log_group = logs.LogGroup(
            self,
            "Logs",
            retention=retention(settings.log_retention_days),
            removal_policy=RemovalPolicy.DESTROY,
        )
        role = FunctionRole(self, "Default", spec=spec, context=context, log_group=log_group)
        self.function = lambda_.Function(
            self,
            "Function",
            description=f"Docket {settings.stage}: {spec.name}",
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.custom(settings.architecture),
            code=handler_code(spec.name),
            handler=f"{spec.name}.handler",
            layers=[context.layers.by_name[layer] for layer in spec.layers],
            role=role.role.without_policy_updates(),
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
            system_log_level_v2=lambda_.SystemLogLevel.WARN,
            tracing=lambda_.Tracing.ACTIVE,
            snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS if snap_start else None,
            memory_size=settings.memory.of(spec.memory),
            timeout=timeout,
            environment=environment_of(spec, context),
        )
        suppress_nag(self.function, "AwsSolutions-L1", "Everything here is tested on Python 3.13.")
        if snap_start:
            suppress_nag(
                self.function,
                "Annotation::@aws-cdk/aws-lambda:snapStartRequirePublish",
                "The alias names a published version.",
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

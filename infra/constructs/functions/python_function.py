"""The Lambda resource of a function: runtime, code, logging and environment."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.functions.code import handler_code
from infra.constructs.functions.context import FunctionContext
from infra.constructs.functions.environment import environment_of
from infra.constructs.nag import suppress_nag
from infra.endpoint_spec import FunctionSpec
from infra.names import Names

SNAP_START = lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS

SUPPRESSIONS = {
    "AwsSolutions-L1": "Everything here is tested on Python 3.13.",
    "Serverless-LambdaLatestVersion": "Everything here is tested on Python 3.13.",
    "Serverless-LambdaDLQ": "A dead-letter target is for asynchronous invocations. The gateway and "
    "the queues invoke synchronously, and what one dispatch misses the next one finds.",
}


def python_function(
    scope: Construct,
    name: str,
    *,
    spec: FunctionSpec,
    context: FunctionContext,
    role: iam.Role,
    snap_start: bool,
) -> lambda_.Function:
    """The function of a row. CDK adds no permissions to `role`."""
    settings = context.settings
    names = Names(settings.stage)
    function = lambda_.Function(
        scope,
        name,
        function_name=names.function(spec.name),
        description=f"Docket {settings.stage}: {spec.name}",
        runtime=lambda_.Runtime.PYTHON_3_13,
        architecture=lambda_.Architecture.custom(settings.architecture),
        code=handler_code(spec.name),
        handler=f"{spec.name}.handler",
        layers=[context.layers.by_name[layer] for layer in spec.layers],
        role=role.without_policy_updates(),
        log_group=logs.LogGroup.from_log_group_name(scope, "Logs", names.log_group(spec.name)),
        logging_format=lambda_.LoggingFormat.JSON,
        application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
        system_log_level_v2=lambda_.SystemLogLevel.WARN,
        tracing=lambda_.Tracing.ACTIVE,
        snap_start=SNAP_START if snap_start else None,
        memory_size=settings.memory.of(spec.memory),
        timeout=Duration.seconds(spec.timeout_seconds),
        environment=environment_of(spec, context),
    )
    for rule, reason in SUPPRESSIONS.items():
        suppress_nag(function, rule, reason)
    if snap_start:
        suppress_nag(
            function,
            "Annotation::@aws-cdk/aws-lambda:snapStartRequirePublish",
            "The alias names a published version.",
        )
    return function

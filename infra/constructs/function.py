"""How every Lambda of ours is made: from its row of the table, and with nothing its row lacks."""

from dataclasses import dataclass
from pathlib import Path

from aws_cdk import Duration, IgnoreMode, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.data import Data
from infra.constructs.explained import explained
from infra.constructs.identity import AUDIENCE, ISSUER, Identity
from infra.constructs.payments import Payments
from infra.endpoints import LIST_VERSIONS, SEND, THROTTLES
from infra.endpoints import Function as Row
from infra.layers import ROOT, Layer
from infra.settings import Settings

HANDLERS = ROOT / "functions"


class Layers(Construct):
    """The layers, by name; see `infra.layers`."""

    def __init__(
        self, scope: Construct, name: str, *, built: dict[str, Layer], settings: Settings
    ) -> None:
        super().__init__(scope, name)
        architecture = lambda_.Architecture.custom(settings.architecture)
        self.by_name: dict[str, lambda_.ILayerVersion] = {
            layer: lambda_.LayerVersion(
                self,
                layer.capitalize(),
                code=lambda_.Code.from_asset(str(made.folder), asset_hash=made.fingerprint),
                compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
                compatible_architectures=[architecture],
                removal_policy=RemovalPolicy.DESTROY,
            )
            for layer, made in built.items()
        }


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a function's row may ask for a part of."""

    settings: Settings
    layers: Layers
    data: Data
    identity: Identity
    payments: Payments


class Function(Construct):
    """One Lambda: its own file, role and log group.

    `function` is the Lambda; `live` is what callers call: its alias, or itself where there is none.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        row: Row,
        around: Surroundings,
        layers: tuple[str, ...],
        memory_mb: int,
        timeout: Duration,
        alias: bool,
        environment: dict[str, str] | None = None,
    ) -> None:
        super().__init__(scope, name)
        settings = around.settings
        snap_start = alias and settings.snap_start
        log_group = logs.LogGroup(
            self,
            "Logs",
            retention=retention(settings.log_retention_days),
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self._policy = iam.Policy(self, "Policy", roles=[self.role])
        self._grant(row, around, log_group)
        self.function = lambda_.Function(
            self,
            "Function",
            description=f"Docket {settings.stage}: {row.name}",
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.custom(settings.architecture),
            code=_code(row.name),
            handler=f"{row.name}.handler",
            layers=[around.layers.by_name[layer] for layer in layers],
            role=self.role.without_policy_updates(),
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
            system_log_level_v2=lambda_.SystemLogLevel.WARN,
            tracing=lambda_.Tracing.ACTIVE,
            snap_start=lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS if snap_start else None,
            memory_size=memory_mb,
            timeout=timeout,
            environment={**_environment(row, around), **(environment or {})},
        )
        explained(self.function, "AwsSolutions-L1", "3.13 is what everything here is tested on.")
        if snap_start:
            explained(
                self.function,
                "Annotation::@aws-cdk/aws-lambda:snapStartRequirePublish",
                "The alias is of a published version.",
            )
        self.function.node.add_dependency(self._policy)
        self.live: lambda_.IFunction = self.function
        if alias:
            self.live = lambda_.Alias(
                self, "Live", alias_name="live", version=self.function.current_version
            )

    def _grant(self, row: Row, around: Surroundings, log_group: logs.LogGroup) -> None:
        """Exactly what the row says, and the two things every function does: log and trace."""
        self._allow(("logs:CreateLogStream", "logs:PutLogEvents"), log_group.log_group_arn)
        self._allow(("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "*")
        explained(
            self._policy, "AwsSolutions-IAM5[Resource::*]", "X-Ray's two actions take no resource."
        )
        table = around.data.table.table_arn
        for grant in row.table:
            self._allow(
                grant.actions,
                f"{table}/index/{grant.index}" if grant.index else table,
                {
                    "ForAllValues:StringLike": {
                        "dynamodb:LeadingKeys": [
                            f"{key}*" if key.endswith("#") else key for key in grant.keys
                        ]
                    }
                },
            )
        for objects in row.objects:
            self._allow(
                objects.actions, around.data.documents.arn_for_objects(f"{objects.prefix}*")
            )
            explained(
                self._policy,
                f"AwsSolutions-IAM5[Resource::<{around.data.documents_id}.Arn>/{objects.prefix}*]",
                "Objects are named by ids; the row names their prefix.",
            )
        if row.listed:
            self._allow(
                (LIST_VERSIONS,),
                around.data.documents.bucket_arn,
                {"StringLike": {"s3:prefix": [f"{prefix}*" for prefix in row.listed]}},
            )
        if row.queue:
            self._allow(row.queue, around.data.queue.queue_arn)
        for secret in _secrets(row, around).values():
            self._allow(("secretsmanager:GetSecretValue",), secret)
        if row.cognito and around.identity.pool:
            self._allow(row.cognito, around.identity.pool.user_pool_arn)

    def _allow(
        self,
        actions: tuple[str, ...],
        resource: str,
        conditions: dict[str, dict[str, list[str]]] | None = None,
    ) -> None:
        self._policy.add_statements(
            iam.PolicyStatement(
                actions=list(actions), resources=[resource], conditions=conditions or {}
            )
        )


def _code(name: str) -> lambda_.Code:
    """The handler's file alone, so that a change of one handler deploys one function."""
    if not (HANDLERS / f"{name}.py").is_file():
        raise FileNotFoundError(f"functions/{name}.py: the table has a row for it")
    folder = Path(name).parent
    return lambda_.Code.from_asset(
        str(HANDLERS),
        exclude=["*", f"!{folder}", f"{folder}/*", f"!{name}.py"],
        ignore_mode=IgnoreMode.GIT,
    )


def _secrets(row: Row, around: Surroundings) -> dict[str, str]:
    """The ARNs of the secrets this row may read, by the variable that names each."""
    arns = {}
    if "token_key" in row.secrets and around.identity.token_key:
        arns["DOCKET_TOKEN_SECRET"] = around.identity.token_key.secret_arn
    if "stripe" in row.secrets:
        arns["DOCKET_STRIPE_SECRET"] = around.payments.secret.secret_arn
    return arns


def _environment(row: Row, around: Surroundings) -> dict[str, str]:
    """What `docket.config` reads, as far as this row needs it."""
    settings = around.settings
    variables = {
        "DOCKET_STAGE": settings.stage,
        "POWERTOOLS_SERVICE_NAME": "docket",
        "POWERTOOLS_METRICS_NAMESPACE": "Docket",
        "POWERTOOLS_LOG_LEVEL": "INFO",
        **_secrets(row, around),
    }
    if row.table:
        variables["DOCKET_TABLE"] = around.data.table.table_name
    if row.objects:
        variables["DOCKET_BUCKET"] = around.data.documents.bucket_name
    if SEND[0] in row.queue:
        variables["DOCKET_QUEUE_URL"] = around.data.queue.queue_url
    if "stripe" in row.secrets and settings.emulator:
        variables["DOCKET_STRIPE_API"] = settings.emulator.stripe_api
    if row.prices:
        variables["DOCKET_PRICE_BASE"] = str(settings.prices.base)
        variables["DOCKET_PRICE_PER_PAGE"] = str(settings.prices.per_page)
        variables["DOCKET_PRICE_CURRENCY"] = settings.prices.currency
    if row.name.startswith("auth/"):
        variables["DOCKET_IDENTITY"] = settings.identity
        variables["DOCKET_ISSUER"] = ISSUER
        variables["DOCKET_AUDIENCE"] = AUDIENCE
        variables["DOCKET_ACCESS_TOKEN_SECONDS"] = str(settings.tokens.access_seconds)
        variables["DOCKET_REFRESH_TOKEN_SECONDS"] = str(settings.tokens.refresh_seconds)
        if around.identity.pool and around.identity.client:
            variables["DOCKET_USER_POOL_ID"] = around.identity.pool.user_pool_id
            variables["DOCKET_USER_POOL_CLIENT_ID"] = around.identity.client.user_pool_client_id
    if any(THROTTLES in grant.keys for grant in row.table):
        variables["DOCKET_FAILED_LOGINS"] = str(settings.tries.failed_logins)
        variables["DOCKET_REGISTRATIONS"] = str(settings.tries.registrations)
        # Filled in when the stack is deployed; see the construct for why that is good enough.
        variables["DOCKET_EDGE_KEY"] = around.identity.edge_key.secret_value.unsafe_unwrap()
    return variables


def retention(days: int) -> logs.RetentionDays:
    """CloudWatch Logs keeps for so many days, of a few it offers."""
    names = {7: "ONE_WEEK", 30: "ONE_MONTH", 180: "SIX_MONTHS"}
    return logs.RetentionDays[names[days]]


def construct_name(row: Row) -> str:
    """`orders/add_document` → `OrdersAddDocument`: the row's name as a construct's."""
    return "".join(part.capitalize() for part in row.name.replace("/", "_").split("_"))

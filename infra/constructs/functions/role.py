"""The role of a function: exactly what its row grants, and to log and trace."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.data import Data
from infra.constructs.functions.context import FunctionContext
from infra.constructs.nag import suppress_nag
from infra.endpoints import LIST_VERSIONS, FunctionSpec, Grant, Objects

type Conditions = dict[str, dict[str, list[str]]]


class FunctionRole(Construct):
    """`role` and its one `policy`."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        spec: FunctionSpec,
        context: FunctionContext,
        log_group: logs.LogGroup,
    ) -> None:
        super().__init__(scope, name)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.policy = iam.Policy(self, "Policy", roles=[self.role])
        self._allow_logging(log_group)
        for grant in spec.table:
            self._allow_items(grant, context.data)
        for objects in spec.objects:
            self._allow_objects(objects, context.data)
        if spec.listed:
            self._allow_listing(spec.listed, context.data)
        if spec.queue:
            self._allow(spec.queue, context.data.queue.queue_arn)
        arns = context.secret_arns()
        for arn in (
            arns[secret]
            for secret in ("token_key", "stripe")
            if secret in spec.secrets and secret in arns
        ):
            self._allow(("secretsmanager:GetSecretValue",), arn)
        if spec.cognito and context.identity.pool:
            self._allow(spec.cognito, context.identity.pool.user_pool_arn)

    def _allow_logging(self, log_group: logs.LogGroup) -> None:
        self._allow(("logs:CreateLogStream", "logs:PutLogEvents"), log_group.log_group_arn)
        self._allow(("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "*")
        suppress_nag(
            self.policy, "AwsSolutions-IAM5[Resource::*]", "X-Ray's two actions take no resource."
        )

    def _allow_items(self, grant: Grant, data: Data) -> None:
        table = data.table.table_arn
        keys = [f"{key}*" if key.endswith("#") else key for key in grant.keys]
        self._allow(
            grant.actions,
            f"{table}/index/{grant.index}" if grant.index else table,
            {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": keys}},
        )

    def _allow_objects(self, objects: Objects, data: Data) -> None:
        self._allow(objects.actions, data.documents.bucket.arn_for_objects(f"{objects.prefix}*"))
        suppress_nag(
            self.policy,
            f"AwsSolutions-IAM5[Resource::<{data.documents.logical_id}.Arn>/{objects.prefix}*]",
            "Objects are named by ids; the row names their prefix.",
        )

    def _allow_listing(self, prefixes: tuple[str, ...], data: Data) -> None:
        patterns = [f"{prefix}*" for prefix in prefixes]
        self._allow(
            (LIST_VERSIONS,),
            data.documents.bucket.bucket_arn,
            {"StringLike": {"s3:prefix": patterns}},
        )

    def _allow(
        self, actions: tuple[str, ...], resource: str, conditions: Conditions | None = None
    ) -> None:
        self.policy.add_statements(
            iam.PolicyStatement(
                actions=list(actions), resources=[resource], conditions=conditions or {}
            )
        )

"""The role of a function: the permissions of its row, logging and tracing."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.data import Data
from infra.constructs.functions.context import FunctionContext
from infra.constructs.nag import suppress_nag
from infra.endpoint_spec import Access, FunctionSpec, Grant, Objects
from infra.endpoints import LIST_VERSIONS

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
        self._allow_access(spec.access(context.settings.identity_provider), context)

    def _allow_access(self, access: Access, context: FunctionContext) -> None:
        for grant in access.table:
            self._allow_items(grant, context.data)
        for objects in access.objects:
            self._allow_objects(objects, context.data)
        if access.listed:
            self._allow_listing(access.listed, context.data)
        if access.queue:
            self._allow(access.queue, context.data.queue.queue_arn)
        for secret in access.secrets:
            self._allow(("secretsmanager:GetSecretValue",), context.secret_arn(secret))
        if access.user_pool and context.identity_provider.pool:
            self._allow(access.user_pool, context.identity_provider.pool.user_pool_arn)

    def _allow_logging(self, log_group: logs.LogGroup) -> None:
        self._allow(("logs:CreateLogStream", "logs:PutLogEvents"), log_group.log_group_arn)
        self._allow(("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "*")
        suppress_nag(
            self.policy,
            "AwsSolutions-IAM5[Resource::*]",
            "X-Ray's two actions do not support resource-level permissions.",
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
            "Object keys contain ids; the row names their prefix.",
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

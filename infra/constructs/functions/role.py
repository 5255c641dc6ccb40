"""The role of a function: the permissions of its row, logging and tracing."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.functions.context import FunctionContext
from infra.constructs.functions.statements import (
    allow,
    allow_items,
    allow_listing,
    allow_objects,
)
from infra.constructs.nag import suppress_nag
from infra.endpoint_spec import Access, FunctionSpec


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
        self._grant_logging(log_group)
        self._grant_access(spec.access(context.settings.identity_provider), context)

    def _grant_access(self, access: Access, context: FunctionContext) -> None:
        data, pool = context.data, context.identity_provider.pool
        self.policy.add_statements(*(allow_items(grant, data) for grant in access.table))
        for objects in access.objects:
            self.policy.add_statements(allow_objects(objects, data))
            suppress_nag(
                self.policy,
                f"AwsSolutions-IAM5[Resource::<{data.documents.logical_id}.Arn>/{objects.prefix}*]",
                "Object keys contain ids; the row names their prefix.",
            )
        if access.listed:
            self.policy.add_statements(allow_listing(access.listed, data))
        if access.queue:
            self.policy.add_statements(allow(access.queue, data.queue.queue_arn))
        for secret in access.secrets:
            self.policy.add_statements(
                allow(("secretsmanager:GetSecretValue",), context.secret_arn(secret))
            )
        if access.user_pool and pool:
            self.policy.add_statements(allow(access.user_pool, pool.user_pool_arn))

    def _grant_logging(self, log_group: logs.LogGroup) -> None:
        self.policy.add_statements(
            allow(("logs:CreateLogStream", "logs:PutLogEvents"), log_group.log_group_arn),
            allow(("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "*"),
        )
        suppress_nag(
            self.policy,
            "AwsSolutions-IAM5[Resource::*]",
            "X-Ray's two actions do not support resource-level permissions.",
        )

"""The role of a function: the permissions of its row, logging and tracing."""

from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.constructs.functions.context import FunctionContext
from infra.constructs.functions.statements import (
    allow,
    allow_items,
    allow_listing,
    allow_mail,
    allow_objects,
)
from infra.constructs.log_group import log_group_arn
from infra.constructs.nag import nag_text, suppress_nag
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
    ) -> None:
        super().__init__(scope, name)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.policy = iam.Policy(self, "Policy", roles=[self.role])
        _grant_logging(self.policy, log_group_arn(spec.name, context.settings))
        settings = context.settings
        access = spec.access(settings.identity, malware_scan=settings.malware_scan)
        self._grant_access(access, context)

    def _grant_access(self, access: Access, context: FunctionContext) -> None:
        data = context.data
        self.policy.add_statements(*(allow_items(grant, data) for grant in access.table))
        for objects in access.objects:
            self.policy.add_statements(allow_objects(objects, data))
            suppress_nag(
                self.policy,
                f"AwsSolutions-IAM5[Resource::{nag_text(data.bucket_arn)}/{objects.prefix}*]",
                "Object keys contain ids; the row names their prefix.",
            )
        if access.listed:
            self.policy.add_statements(allow_listing(access.listed, data))
        for messages in access.queues:
            self.policy.add_statements(
                *(allow(messages.actions, data.queue_arn(queue)) for queue in messages.queues)
            )
        for secret in access.secrets:
            self.policy.add_statements(
                allow(("secretsmanager:GetSecretValue",), data.secret_arn(secret))
            )
        identity = context.settings.mail_identity
        if access.sends_mail and identity:
            self.policy.add_statements(allow_mail(identity, context.settings))
        if access.user_pool:
            self.policy.add_statements(allow(access.user_pool, data.user_pool_arn))


def _grant_logging(policy: iam.Policy, group_arn: str) -> None:
    policy.add_statements(
        allow(("logs:CreateLogStream", "logs:PutLogEvents"), f"{group_arn}:*"),
        allow(("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "*"),
    )
    suppress_nag(
        policy,
        f"AwsSolutions-IAM5[Resource::{nag_text(group_arn)}:*]",
        "Lambda names the streams of the function's own log group.",
    )
    suppress_nag(
        policy,
        "AwsSolutions-IAM5[Resource::*]",
        "X-Ray's two actions do not support resource-level permissions.",
    )

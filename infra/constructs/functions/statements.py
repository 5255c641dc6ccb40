"""The statements of a function's policy, one function for each kind of access."""

from aws_cdk import Aws
from aws_cdk import aws_iam as iam

from infra.constructs.data.references import DataReferences
from infra.endpoint_spec import Grant, Objects
from infra.endpoints.actions import LIST_VERSIONS, SEND_EMAIL
from infra.names import Names
from infra.settings import Settings

type Conditions = dict[str, dict[str, list[str]]]


def allow(
    actions: tuple[str, ...], *resources: str, conditions: Conditions | None = None
) -> iam.PolicyStatement:
    """Allow the actions on the resources."""
    return iam.PolicyStatement(
        actions=list(actions), resources=[*resources], conditions=conditions or {}
    )


def allow_items(grant: Grant, data: DataReferences) -> iam.PolicyStatement:
    """Allow actions on items of the table, or of an index, with the partition keys of the grant.

    `ForAllValues` also holds for a request without leading keys. A `Null` condition would exclude
    that, but AWS does not document that every part of a transaction has the key.
    """
    table = data.table_arn
    keys = [f"{key}*" if key.endswith("#") else key for key in grant.keys]
    return allow(
        grant.actions,
        f"{table}/index/{grant.index}" if grant.index else table,
        conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": keys}},
    )


def allow_objects(objects: Objects, data: DataReferences) -> iam.PolicyStatement:
    """Allow actions on objects of the documents bucket whose keys have the prefix."""
    return allow(objects.actions, f"{data.bucket_arn}/{objects.prefix}*")


def allow_listing(prefixes: tuple[str, ...], data: DataReferences) -> iam.PolicyStatement:
    """Allow listing the versions of objects whose keys have one of the prefixes."""
    patterns = [f"{prefix}*" for prefix in prefixes]
    return allow(
        (LIST_VERSIONS,), data.bucket_arn, conditions={"StringLike": {"s3:prefix": patterns}}
    )


def allow_mail(identity: str, settings: Settings) -> iam.PolicyStatement:
    """Allow sending mail from the stage's sender, with its configuration set.

    SES asks for both resources. See
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html.
    """
    sender = settings.mail_sender
    assert sender  # noqa: S101 - a stage with an identity has a sender
    prefix = f"arn:{Aws.PARTITION}:ses:{Aws.REGION}:{Aws.ACCOUNT_ID}"
    return allow(
        (SEND_EMAIL,),
        f"{prefix}:identity/{identity}",
        f"{prefix}:configuration-set/{Names(settings.stage).mail}",
        conditions={"StringEquals": {"ses:FromAddress": [sender.address]}},
    )

"""The removal policy of stored data, and of the keys of topics."""

from aws_cdk import Duration, RemovalPolicy

from infra.settings import Settings

KEY_DELETION_WAIT = Duration.days(7)
"""The shortest that KMS allows. SNS stores no delivered message under the key of a topic."""


def removal_policy(settings: Settings) -> RemovalPolicy:
    """What happens to a resource that leaves its stack.

    In stages that retain their data it stays, except when the deployment that creates it fails: a
    resource with a fixed name that stayed then would block the next attempt.
    """
    if settings.keeps_data:
        return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
    return RemovalPolicy.DESTROY

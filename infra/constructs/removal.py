"""The removal policy of stored data."""

from aws_cdk import RemovalPolicy

from infra.settings import Settings


def removal_policy(settings: Settings) -> RemovalPolicy:
    """What happens to a resource that leaves its stack.

    In stages that retain their data it stays, except when the deployment that creates it fails: a
    resource with a fixed name that stayed then would block the next attempt.
    """
    if settings.keeps_data:
        return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
    return RemovalPolicy.DESTROY

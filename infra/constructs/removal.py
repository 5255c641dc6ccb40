"""What happens to stored data when its stack is deleted."""

from aws_cdk import RemovalPolicy

from infra.settings import Settings


def removal_policy(settings: Settings) -> RemovalPolicy:
    """`RETAIN` in stages that keep their data, `DESTROY` in the others."""
    return RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY

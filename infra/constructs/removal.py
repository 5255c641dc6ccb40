"""The removal policy of stored data."""

from aws_cdk import RemovalPolicy

from infra.settings import Settings


def removal_policy(settings: Settings) -> RemovalPolicy:
    """`RETAIN` in stages that retain their data, `DESTROY` in the others."""
    return RemovalPolicy.RETAIN if settings.keeps_data else RemovalPolicy.DESTROY

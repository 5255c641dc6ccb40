"""Acknowledge findings of cdk-nag, each with its reason, on the construct that causes them."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def suppress_nag(construct: IConstruct, rule: str, reason: str) -> None:
    """Acknowledge the finding `rule` for `construct` and its children because of `reason`."""
    Validations.of(construct).acknowledge(Acknowledgment(id=rule, reason=reason))

"""Where a rule of AWS's is not followed, the reason stands beside the thing it concerns."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def explained(what: IConstruct, rule: str, reason: str) -> None:
    """The finding `rule` of cdk-nag does not concern `what`, or its children, for `reason`."""
    Validations.of(what).acknowledge(Acknowledgment(id=rule, reason=reason))

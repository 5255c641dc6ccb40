"""Acknowledge findings of cdk-nag, each with its reason, on the construct that causes them."""

from aws_cdk import Acknowledgment, Aws, Validations
from constructs import IConstruct


def suppress_nag(construct: IConstruct, rule: str, reason: str) -> None:
    """Acknowledge the finding `rule` for `construct` and its children because of `reason`."""
    Validations.of(construct).acknowledge(Acknowledgment(id=rule, reason=reason))


def nag_text(text: str) -> str:
    """`text` as cdk-nag writes it in the id of a finding, with `<AWS::Region>` for a token."""
    pseudo_parameters = {
        Aws.PARTITION: "<AWS::Partition>",
        Aws.REGION: "<AWS::Region>",
        Aws.ACCOUNT_ID: "<AWS::AccountId>",
    }
    for token, name in pseudo_parameters.items():
        text = text.replace(token, name)
    return text

"""The deployed stage that a command works on, and the person who runs it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docket.domain.event import AuditContext
from docket.runtime import aws, config
from docket.runtime.clock import new_id, now

_SETTINGS = ("DOCKET_", "POWERTOOLS_")
_PSEUDONYM_DIGITS = 16


class NotDeployed(Exception):
    """The account has no such stage in the region."""


@dataclass(frozen=True, kw_only=True)
class Operator:
    """The stage, and the pseudonym of the person.

    The pseudonym is the beginning of the SHA-256 of the ARN of the AWS credentials: whoever knows
    the people can tell which of them it was; a customer who reads the events of an order cannot.
    """

    stage: str
    pseudonym: str

    def audit(self, at: datetime | None = None) -> AuditContext:
        return AuditContext(
            actor="operator", at=at or now(), new_id=new_id, operator=self.pseudonym
        )


def connect(stage: str) -> Operator:
    """Take over the settings of the stage's functions. Raises `NotDeployed`.

    So a command works on the same table, bucket and Stripe account, with the same deadlines.
    """
    config.assume_region()
    functions: Any = aws.client("lambda", read_seconds=10)
    settings = {
        name: value
        for page in functions.get_paginator("list_functions").paginate()
        for function in page["Functions"]
        if function["FunctionName"].startswith(f"docket-{stage}-")
        for name, value in function.get("Environment", {}).get("Variables", {}).items()
        if name.startswith(_SETTINGS)
    }
    if "DOCKET_TABLE" not in settings:
        raise NotDeployed(stage)
    config.assume(settings)
    arn = aws.client("sts", read_seconds=10).get_caller_identity()["Arn"]
    digest = hashlib.sha256(arn.encode()).hexdigest()
    return Operator(stage=stage, pseudonym=digest[:_PSEUDONYM_DIGITS])

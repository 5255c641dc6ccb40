"""Log who proves by what to be somebody, and whether it was accepted. No address, no secret."""

from typing import Literal

from aws_lambda_powertools import Logger

logger = Logger(child=True)

type Factor = Literal["password", "code", "app", "recovery_code", "passkey"]
"""What was proved by. A wrong code may be of an app or of those for its loss: `code`."""


def accepted(user_id: str, factor: Factor, *, is_known_device: bool | None = None) -> None:
    """`is_known_device`: whether the account knows the device; None in an open session."""
    logger.info("login accepted", user_id=user_id, factor=factor, known_device=is_known_device)


def refused(user_id: str | None, factor: Factor, *, is_known_device: bool | None = None) -> None:
    """`user_id` is None for an address without an account."""
    logger.warning("login refused", user_id=user_id, factor=factor, known_device=is_known_device)

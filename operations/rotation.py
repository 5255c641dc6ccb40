"""`rotate-keys`: replace the signing key of access tokens, in three steps with pauses.

    next       published and accepted, so that everybody knows it before it signs
    current    signs
    previous   accepted, until the last token that it signed has expired

Each run takes the step that is due, or states when the next one is. So it may be run at any time,
again after a failure, or each hour by a schedule.
"""

import secrets as randomness
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from docket.auth import tokens
from docket.gateways import secrets
from docket.runtime import config
from docket.table import operator_acts
from operations.deployment import Operator

KEY_BYTES = 48

type Fields = Mapping[str, str]


def rotate(operator: Operator, *, at: datetime) -> Iterator[str]:
    """Take the step that is due. Yields what was done, or when the next step is."""
    settings = config.read(config.Tokens)
    stored = secrets.secret(settings.token_secret, max_age_seconds=0)
    pause = timedelta(seconds=tokens.PUBLISHED_SECONDS + secrets.CACHE_SECONDS)
    if "previous_kid" in stored:
        # Tokens of the previous key expire after it has left every cache.
        pause += timedelta(seconds=settings.access_token_seconds)
    due = _changed_at(stored, at) + pause
    if "changed_at" in stored and at < due:
        yield f"Nothing yet: the next step is due at {due:%Y-%m-%dT%H:%MZ}."
        return
    fields, text = _next_step(stored)
    operator_acts.record("rotate-keys", {"kid": fields["kid"]}, operator.audit(at))
    secrets.store(settings.token_secret, {**fields, "changed_at": at.isoformat()})
    yield text


def _changed_at(stored: Fields, at: datetime) -> datetime:
    return datetime.fromisoformat(stored["changed_at"]) if "changed_at" in stored else at


def _next_step(stored: Fields) -> tuple[dict[str, str], str]:
    """The fields of the secret after the step, and what it does."""
    current = {"kid": stored["kid"], "key": stored["key"]}
    if "previous_kid" in stored:
        return current, f"Key {stored['previous_kid']} is accepted no longer. The rotation is over."
    if "next_kid" in stored:
        previous = {f"previous_{name}": value for name, value in current.items()}
        following = {"kid": stored["next_kid"], "key": stored["next_key"]}
        return {**following, **previous}, f"Key {stored['next_kid']} signs. Run this again later."
    kid = str(int(stored["kid"]) + 1)
    coming = {"next_kid": kid, "next_key": randomness.token_urlsafe(KEY_BYTES)}
    return {**current, **coming}, f"Key {kid} is published. Run this again later."

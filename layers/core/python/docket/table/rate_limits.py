"""Count attempts of operations; `docket.domain.rate_limits` and the settings define the limits.

Every counter stores the id of the last attempt that was counted and of the last that was undone, so
that a write which is repeated after a lost reply recognises its own effect. If another attempt
changes the same counter in between, the attempt is counted or undone twice on that counter.
DynamoDB's idempotency token for transactions also prevents that, for ten minutes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from docket.domain import rate_limits as limits
from docket.domain.errors import ConcurrentChange, LinkExhausted, TableUnavailable, TooManyTries
from docket.runtime.clock import new_id
from docket.runtime.config import OperationLimit
from docket.table import client, keys
from docket.table.client import ConditionFailed, Delete, Update
from docket.table.rate_limit_attempts import (
    AnyAttempt,
    Attempt,
    MailAttempt,
    NetworkAttempt,
    OwnerAttempt,
    digest,
)

LIFETIME = timedelta(days=1)

_WHOLE_LIFE = 0
"""In place of the number of a window, for what is counted in one."""

_NOT_COUNTED = "(attribute_not_exists(#counted) OR #counted <> :attempt)"
_NOT_UNDONE = "(attribute_not_exists(#undone) OR #undone <> :attempt)"


def begin(address: str, network: str, *, most: OperationLimit, at: datetime) -> Attempt:
    """Count an attempt to log in before it is made, so that concurrent ones cannot exceed a limit.

    Raises `TooManyTries`; an attempt that is rejected by the limits of its address, network or site
    is not counted.
    """
    attempt = Attempt(address=address, network=network, window=limits.window(at))
    by_address, *by_place = attempt.keys()
    _count_all(
        Update(
            key=by_address,
            condition=f"{_NOT_COUNTED} AND {_below_limits(attempt)}",
            add={("attempts",): 1, **{(place,): 1 for place in attempt.places.values()}},
            set=_counted(attempt.id, at),
            names=attempt.places,
            values={
                "attempt": attempt.id,
                "one": 1,
                "network_limit": limits.NETWORK_LIMIT,
                "shared_limit": limits.SHARED_LIMIT,
                "most": limits.TOTAL_LIMIT,
                **({"site_limit": limits.SITE_LIMIT} if attempt.site else {}),
            },
        ),
        *_place_counts(by_place, attempt.id, most=most, at=at),
        at=at,
    )
    _count_together("login", attempt, most=most, at=at)
    return attempt


def begin_as_owner(subject: str, *, at: datetime) -> OwnerAttempt:
    """Count an attempt of a known device or an open session. Raises `TooManyTries`."""
    day = limits.CHANGE_WINDOW
    attempt = OwnerAttempt(subject=subject, window=limits.window(at), day=limits.window(at, day))
    by_window, by_day = attempt.keys()
    _count_all(
        _count(by_window, attempt.id, most=limits.OWNER_LIMIT, at=at),
        _count(by_day, attempt.id, most=limits.OWNER_DAY_LIMIT, at=at),
        at=at,
        last=day,
    )
    return attempt


def begin_in_session(session_id: str, *, at: datetime) -> OwnerAttempt:
    """Count a try of the password in an open session. Raises `TooManyTries`."""
    return begin_as_owner(f"session {session_id}", at=at)


def count_refresh(session_id: str, *, at: datetime) -> None:
    """Count a refresh of a session by a token of its own. Raises `TooManyTries`."""
    key = keys.rate_limit("refresh-session", digest(session_id), limits.window(at))
    _count_alone(key, new_id(), most=limits.SESSION_REFRESH_LIMIT, at=at)


def count_key(key_id: str, *, at: datetime) -> None:
    """Count a request by an API key. Raises `TooManyTries`."""
    key = keys.rate_limit("api-key", digest(key_id), limits.window(at))
    _count_alone(key, new_id(), most=limits.KEY_LIMIT, at=at)


def count_link(token_hash: str, *, at: datetime) -> None:
    """Count a try of the password with a mailed link, of which a link has a few in all its life.

    Raises `LinkExhausted`. The counter outlives the link, which is valid for an hour at most.
    """
    key = keys.rate_limit("link", digest(token_hash), _WHOLE_LIFE)
    try:
        _count_alone(key, new_id(), most=limits.LINK_LIMIT, at=at)
    except TooManyTries:
        raise LinkExhausted from None


def count_report(user_id: str, *, at: datetime) -> None:
    """Count a request of a customer for a report. Raises `TooManyTries`."""
    key = keys.rate_limit("report", digest(user_id), limits.window(at))
    _count_alone(key, new_id(), most=limits.REPORT_LIMIT, at=at)


def count_change(user_id: str, *, at: datetime) -> None:
    """Count a change of the credential of an account by a session. Raises `TooManyTries`."""
    _count_of_day("change", user_id, at=at)


def count_address_change(user_id: str, *, at: datetime) -> None:
    """Count that an account asks for another address. Raises `TooManyTries`.

    Few of these mails are sent to an address in a day: one account alone does not use them up.
    """
    _count_of_day("address-change", user_id, at=at)


def count_departure(address: str, *, at: datetime) -> None:
    """Count that an account leaves an address that it has not verified. Raises `TooManyTries`.

    It is deleted, or asks for another address, which it gets without the confirmation of this one.
    """
    _count_of_day("departure", address, at=at)


def _count_of_day(operation: str, subject: str, *, at: datetime) -> None:
    day = limits.CHANGE_WINDOW
    key = keys.rate_limit(operation, digest(subject), limits.window(at, day))
    try:
        _count_alone(key, new_id(), most=limits.CHANGE_LIMIT, at=at)
    except TooManyTries:
        raise TooManyTries(limits.left_of_window(at, day)) from None


def _below_limits(attempt: Attempt) -> str:
    """The condition on the address's counter; see `docket.domain.rate_limits`."""
    network_condition = (
        "(attribute_not_exists(#place) OR #place < :one"
        " OR (#place < :network_limit AND #attempts < :shared_limit))"
    )
    site_condition = (
        " AND (attribute_not_exists(#site) OR #site < :site_limit)" if attempt.site else ""
    )
    below_limits = f"#attempts < :most AND {network_condition}{site_condition}"
    return f"(attribute_not_exists(#attempts) OR ({below_limits}))"


def undo_writes(attempt: AnyAttempt) -> tuple[Update, ...]:
    """The writes that undo the count of an attempt, because it succeeded."""
    first, *others = attempt.keys()
    return (
        _undo_write(first, attempt, *attempt.places.values()),
        *(_undo_write(key, attempt) for key in others),
    )


def undo_count(attempt: AnyAttempt) -> None:
    """Undo the count of an attempt. Idempotent.

    The attempt stays counted if the write conflicts with a concurrent attempt or the table is
    unavailable: a login must not fail because of its counter.
    """
    try:
        client.write(*undo_writes(attempt))
    except (ConditionFailed, ConcurrentChange, TableUnavailable):
        return


def count(operation: str, network: str, *, most: OperationLimit, at: datetime) -> NetworkAttempt:
    """Count an operation of a network, its site, and of everyone. Raises `TooManyTries`.

    Where only failures count, the count of network and site is undone after a success.
    """
    attempt = NetworkAttempt(operation=operation, network=network, window=limits.window(at))
    _count_all(*_place_counts(attempt.keys(), attempt.id, most=most, at=at), at=at)
    _count_together(operation, attempt, most=most, at=at)
    return attempt


def count_mail(address: str, operation: str, *, at: datetime) -> None:
    """Count a mail to a normalized address that anybody may request. Raises `TooManyTries`.

    Each operation has a counter of its own: whoever requests one mail again and again does not
    prevent another, such as that by which the owner gets in.
    """
    key = keys.rate_limit(f"{operation}-mail", digest(address), limits.window(at))
    _count_all(_count(key, new_id(), most=limits.MAIL_LIMIT, at=at), at=at)


def begin_mail(mailbox: str, kind: str, *, at: datetime) -> MailAttempt:
    """Count the sending of a mail that anybody may have caused. Raises `TooManyTries`."""
    day = limits.window(at, limits.CHANGE_WINDOW)
    attempt = MailAttempt(kind=kind, mailbox=mailbox, day=day)
    (key,) = attempt.keys()
    _count_alone(key, attempt.id, most=limits.MAIL_DAY_LIMIT, at=at)
    return attempt


def forgive(address: str, *, at: datetime) -> None:
    """Forget the failed logins of an address, whose owner has shown to read its mail. Idempotent.

    So nobody can lock an owner out by wrong passwords from many networks.
    """
    try:
        client.write(Delete(key=keys.rate_limit("address", digest(address), limits.window(at))))
    except (ConditionFailed, ConcurrentChange, TableUnavailable):
        return


def _place_counts(
    place_keys: Iterable[keys.Key], attempt_id: str, *, most: OperationLimit, at: datetime
) -> Iterator[Update]:
    """The writes that count an attempt of a network, and of its site if it has one."""
    places = ((most.network, None), (most.site, most.site_total))
    for key, (limit, total) in zip(place_keys, places, strict=False):
        yield _count(key, attempt_id, most=limit, total=total, at=at)


def _count_together(
    operation: str, attempt: Attempt | NetworkAttempt, *, most: OperationLimit, at: datetime
) -> None:
    """Count an attempt for everyone. Raises `TooManyTries`.

    Beyond the limit of everyone each site has one more in a window, up to a limit in all. An
    attempt that is rejected by both stays counted for its network and site: so these limit how
    often that is looked up.
    """
    try:
        _count_everyone(operation, attempt.id, most=most.everyone, at=at)
    except TooManyTries:
        if not most.beyond:
            raise
        _count_beyond(operation, attempt, most=most.beyond, at=at)


def _count_everyone(operation: str, attempt_id: str, *, most: int, at: datetime) -> None:
    """Count an operation of everyone by a single update: transactions on it would conflict."""
    key = keys.rate_limit(f"{operation}-everyone", "all", limits.window(at))
    _count_alone(key, attempt_id, most=most, at=at)


def _count_beyond(
    operation: str, attempt: Attempt | NetworkAttempt, *, most: int, at: datetime
) -> None:
    """Count the one attempt of a site beyond the limit of everyone. Raises `TooManyTries`."""
    beyond = f"{operation}-beyond"
    place = limits.site(attempt.network) or attempt.network
    by_place = keys.rate_limit(beyond, digest(place), attempt.window)
    _count_alone(by_place, attempt.id, most=1, at=at)
    _count_everyone(beyond, attempt.id, most=most, at=at)


def _count_alone(key: keys.Key, attempt_id: str, *, most: int, at: datetime) -> None:
    """Increment a single counter. Raises `TooManyTries`."""
    try:
        client.update(_count(key, attempt_id, most=most, at=at))
    except ConditionFailed as refused:
        if (refused.stored_item or {}).get("counted") != attempt_id:
            raise TooManyTries(limits.left_of_window(at)) from None


def _count(
    key: keys.Key, attempt_id: str, *, most: int, total: int | None = None, at: datetime
) -> Update:
    """The write that counts an attempt, while fewer than `most` are counted and not undone.

    With `total` also while fewer than that were ever counted.
    """
    condition = f"{_NOT_COUNTED} AND (attribute_not_exists(#attempts) OR #attempts < :most)"
    count = Update(
        key=key,
        condition=condition,
        add={("attempts",): 1},
        set=_counted(attempt_id, at),
        values={"attempt": attempt_id, "most": most},
    )
    if total is None:
        return count
    return replace(
        count,
        condition=f"{condition} AND (attribute_not_exists(#total) OR #total < :most_total)",
        add={**count.add, ("total",): 1},
        values={**count.values, "most_total": total},
    )


def _counted(attempt_id: str, at: datetime) -> dict[tuple[str, ...], Any]:
    return {("ttl",): int((at + LIFETIME).timestamp()), ("counted",): attempt_id}


def _count_all(*counts: Update, at: datetime, last: timedelta = limits.WINDOW) -> None:
    """Increment all counters, or none of them and raise `TooManyTries`.

    `last` is the window of the last counter.
    """
    try:
        client.write(*counts)
    except ConditionFailed as refused:
        stored_item, attempt_id = refused.stored_item or {}, counts[refused.part].values["attempt"]
        if stored_item.get("counted") == attempt_id:
            return  # by this same write, whose reply was lost
        window = last if refused.part == len(counts) - 1 else limits.WINDOW
        raise TooManyTries(limits.left_of_window(at, window)) from None
    except ConcurrentChange:
        raise TooManyTries(1) from None  # conflict with concurrent attempts


def _undo_write(key: keys.Key, attempt: AnyAttempt, *places: str) -> Update:
    return Update(
        key=key,
        condition=f"attribute_exists(PK) AND {_NOT_UNDONE}",
        add={("attempts",): -1, **{(place,): -1 for place in places}},
        set={("undone",): attempt.id},
        values={"attempt": attempt.id},
    )

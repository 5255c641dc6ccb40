"""Whether a function's row grants exactly the AWS calls of its handler.

`missing` is checked after every test; `unused` and `misexplained` after a run of all the handlers'
tests. `tests/iam` judges the same calls by the synthesised roles.
"""

import os
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import FrameType

from pydantic import BaseModel

from docket.runtime import config
from infra.endpoint_spec import IDENTITIES, Access, ConfigGroup, FunctionSpec, Identity
from infra.endpoints import FUNCTIONS
from infra.endpoints.actions import LIST_VERSIONS, SEND_EMAIL
from tests.iam.calls import LEADING_KEYS, PREFIX, QUEUE, SENDER, Need, Needs
from tests.iam.recording import Call

_HANDLERS = Path(__file__).parents[1] / "functions"
_ROWS = {str(_HANDLERS / f"{row.name}.py"): row for row in FUNCTIONS}

_SECRETS: Mapping[str, str] = {
    "DOCKET_TOKEN_SECRET": "token_key",
    "DOCKET_SEALING_SECRET": "sealing_key",
    "DOCKET_STRIPE_SECRET": "stripe",
}
"""The secret of a row that an environment variable names."""

CONFIG_GROUPS: dict[ConfigGroup, tuple[type[BaseModel], ...]] = {
    "table": (config.Table,),
    "bucket": (config.Bucket,),
    "reading_queues": (config.ReadingQueues,),
    "result_queue": (config.ResultQueue,),
    "export_queue": (config.ExportQueue,),
    "report_queue": (config.ReportQueue,),
    "debt_queues": (config.DebtQueues,),
    "mail_queue": (config.MailQueue,),
    "mail_sender": (config.MailSender,),
    "mail": (config.Mail,),
    "tokens": (config.Tokens,),
    "reauthentication": (config.Reauthentication,),
    "sealing": (config.Sealing,),
    "user_pool": (config.UserPool,),
    "stripe": (config.Stripe,),
    "identity": (config.Identity,),
    "edge": (config.Edge,),
    "verification": (config.Verification,),
    "relying_party": (config.RelyingParty,),
    "rate_limits": (config.RateLimits,),
    "prices": (config.Prices,),
    "limits": (config.Limits,),
    "deadlines": (config.Deadlines,),
    "retention": (config.Retention,),
    "reader": (config.Reader,),
    "uploads": (config.Uploads,),
}
"""The classes that read the variables of each group."""


def identity() -> Identity:
    """The identity of the stage of the running test."""
    if os.environ.get("DOCKET_AUTHORIZER") == "gateway":
        return "gateway"
    return "cognito" if os.environ.get("DOCKET_IDENTITY_PROVIDER") == "cognito" else "jwt"


def identity_of_call(row: FunctionSpec) -> str:
    """The identity of the running test, as far as the calls of the row depend on it.

    A function that reads which one the stage has makes other calls with each. Without that, only
    what a test does in a stage with one of them depends on it, and only if the row says so.
    """
    current = row.as_with(identity())
    if "identity" in row.config:
        return current
    differs = any(row.of_identity(name) != row.jwt for name in IDENTITIES)
    return current if differs and "DOCKET_IDENTITY_PROVIDER" in os.environ else ""


def malware_scan() -> bool:
    """Whether the stage of the running test scans uploads."""
    return os.environ.get("DOCKET_MALWARE_SCAN") == "true"


def lacks_config(row: FunctionSpec, group: type[BaseModel]) -> bool:
    """Whether the row does not give its function the variables that the class reads."""
    groups = row.access(identity(), malware_scan=malware_scan()).config_groups()
    return not any(group in CONFIG_GROUPS[name] for name in groups)


def granted(access: Access) -> Iterator[str]:
    """Every grant as one action on one kind of resource."""
    for grant in access.table:
        for action in grant.actions:
            yield from (f"{action} {grant.index or '-'} {key}" for key in grant.keys)
    for objects in access.objects:
        yield from (f"{action} {objects.prefix}" for action in objects.actions)
    yield from (f"{LIST_VERSIONS} {prefix}" for prefix in access.listed)
    for messages in access.queues:
        for action in messages.actions:
            yield from (f"{action} {queue}" for queue in messages.queues)
    yield from (f"secret {name}" for name in access.secrets)
    yield from access.user_pool
    if access.sends_mail:
        yield SEND_EMAIL


def used(calls: Iterable[Call], rows: Iterable[FunctionSpec]) -> set[str]:
    """`<function>: <grant>` for each grant that a call uses, by any reading of its keys."""
    accesses = {row.name: row.every_access() for row in rows}
    return {
        f"{call.function}: {grant}"
        for call in calls
        for grant in granted(accesses.get(call.function, Access()))
        if any(_is_for(grant, need) for need in _by_any_reading(call.needs))
    }


def unused(rows: Iterable[FunctionSpec], used: set[str]) -> list[str]:
    """The grants of the rows that no call uses and that no row explains."""
    return sorted(
        f"{row.name}: {grant}"
        for row in rows
        for grant in {*granted(row.every_access())} - {*row.unused_reasons}
        if f"{row.name}: {grant}" not in used
    )


def misexplained(rows: Iterable[FunctionSpec], used: set[str]) -> list[str]:
    """The grants that a row explains and that a call uses, or that the row does not have."""
    return sorted(
        f"{row.name}: {grant}"
        for row in rows
        for grant in row.unused_reasons
        if f"{row.name}: {grant}" in used or grant not in {*granted(row.every_access())}
    )


def calling_row() -> FunctionSpec | None:
    """The row of the handler that runs on this thread, or on the main one, or None.

    The main thread waits in the handler for what the handler's other threads do.
    """
    main = threading.main_thread().ident
    return _row_on(sys._getframe()) or _row_on(sys._current_frames().get(main or 0))


def _row_on(frame: FrameType | None) -> FunctionSpec | None:
    while frame:
        if row := _ROWS.get(frame.f_code.co_filename):
            return row
        frame = frame.f_back
    return None


def missing_s3_calls() -> list[str]:
    """What a call of S3 lacks where every S3 grant of the calling function is for presigning."""
    row = calling_row()
    objects = row.access(identity(), malware_scan=malware_scan()).objects if row else ()
    if row and all(grant.presigned for grant in objects):
        return [f"{row.name}: calls of S3, since its row says presigned"]
    return []


def missing(row: FunctionSpec, needs: Needs) -> list[str]:
    """What a call needs and the row does not grant."""
    access = row.access(identity(), malware_scan=malware_scan())
    grants = list(granted(access))
    return [_spelled(need) for need in needs if not any(_is_for(grant, need) for grant in grants)]


def _by_any_reading(needs: Needs) -> set[Need]:
    """What the parts of a transaction need, each with the key of each part."""
    values = {need.value for need in needs if need.condition_key == LEADING_KEYS}
    return {
        replace(need, value=value)
        for need in needs
        for value in (values if need.condition_key == LEADING_KEYS else {need.value})
    }


def _spelled(need: Need) -> str:
    """A need as a grant is spelled, with the whole key."""
    if need.condition_key == LEADING_KEYS:
        return f"{need.action} {need.path.removeprefix('index/') or '-'} {need.value}"
    if need.condition_key == PREFIX:
        return f"{need.action} {need.value}"
    if need.action == "secretsmanager:GetSecretValue":
        return f"secret {_SECRETS.get(need.variable, need.variable)}"
    if need.action.startswith("sqs:"):
        return f"{need.action} {_queue(need.variable)}"
    if need.condition_key == SENDER:
        return need.action
    return f"{need.action} {need.path}".rstrip()


def _queue(variable: str) -> str:
    """The name of the queue whose URL an environment variable has."""
    return variable.removeprefix("DOCKET_").removesuffix(QUEUE).lower()


def _is_for(grant: str, need: Need) -> bool:
    """Whether a grant allows a need. A grant ending with `#` or `/` allows every key below it."""
    spelled = _spelled(need)
    return spelled.startswith(grant) if grant.endswith(("#", "/")) else spelled == grant

"""The settings of a function. This is the only module that reads the environment.

Each group is read on first use and then cached, so that a function needs only the variables of the
packages it uses. A missing or malformed variable raises `Misconfigured`, which names every such
variable. There are no default values.
"""

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError


class Misconfigured(Exception):
    """A variable of the environment is missing or malformed."""


class _Group(BaseModel):
    """The field `x_y` of a group is the variable `DOCKET_X_Y`."""

    model_config = ConfigDict(frozen=True, str_min_length=1, defer_build=True)


class Table(_Group):
    """The name of the DynamoDB table."""

    table: str


class Bucket(_Group):
    """The name of the bucket of documents."""

    bucket: str


class ReadingQueues(_Group):
    """The reader's queues: of whole documents, and of the parts of long ones."""

    readings_queue_url: str
    parts_queue_url: str


class ResultQueue(_Group):
    """The queue of the reader's results."""

    results_queue_url: str


class ExportQueue(_Group):
    """The queue of exports of accounts that are being made."""

    exports_queue_url: str


class ReportQueue(_Group):
    """The queue of reports that are being made."""

    reports_queue_url: str


class DebtQueues(_Group):
    """The queue of each class of debts."""

    money_queue_url: str
    work_queue_url: str
    housekeeping_queue_url: str


class MailQueue(_Group):
    """The queue of mails that are owed. Functions that request one call its worker at once."""

    mail_queue_url: str


class MailSender(_Group):
    """`mail_sender` is the From address of mail. A stage without one sends none."""

    mail_sender: str | None = None


class Mail(MailSender):
    """How mail is sent: `mail_configuration` are SES's settings.

    `site_url` is the site's address, for links.
    """

    site_url: str
    mail_configuration: str | None = None


class Verification(_Group):
    """Before what a customer must have confirmed the address of the account."""

    verification: Literal["before_payment", "before_order", "never"]

    @property
    def is_on(self) -> bool:
        """Whether addresses are verified at all: then a registration mails a link."""
        return self.verification != "never"

    def is_due(self, act: Literal["payment", "order"]) -> bool:
        """Whether the address must be confirmed before `act`."""
        return self.is_on and (act == "payment" or self.verification == "before_order")


class RelyingParty(_Group):
    """The site that passkeys are for: the scheme of its address, and the domain they are bound to.

    Without `relying_party` that is the host which the viewer called.
    """

    site_scheme: Literal["https", "http"]
    relying_party: str | None = None


class Uploads(_Group):
    """`malware_scan` is whether a document waits until GuardDuty has scanned its file.

    `reader_tries` is how often a message is received before it moves to the dead-letter queue.
    """

    malware_scan: bool
    reader_tries: int


class Identity(_Group):
    """Where accounts are; sessions are the user pool's if the `authorizer` is the gateway."""

    identity_provider: Literal["jwt", "cognito"]
    authorizer: Literal["lambda", "gateway"]


class Tokens(_Group):
    """How access tokens are signed and verified. Lifetimes are in seconds.

    A session ends `refresh_token_seconds` after its last use, and `session_seconds` after its
    beginning.
    """

    token_secret: str
    issuer: str
    audience: str
    access_token_seconds: int
    refresh_token_seconds: int
    session_seconds: int


class Sealing(_Group):
    """The secret from which the key is derived that encrypts secrets of customers."""

    sealing_secret: str


class Reauthentication(_Group):
    """How long a customer counts as present after a proof of it."""

    reauthentication_seconds: int


class UserPool(_Group):
    """The Cognito user pool, and the client by which Docket logs in.

    `refresh_token_seconds` is how long its refresh tokens are valid.
    """

    user_pool_id: str
    user_pool_client_id: str
    refresh_token_seconds: int


def _split(value: str) -> tuple[str, ...]:
    return tuple(value.split(" "))


class Edge(_Group):
    """The valid edge keys, separated by spaces. The distribution adds one to each request."""

    edge_keys: Annotated[tuple[str, ...], BeforeValidator(_split)]


class OperationLimit(BaseModel):
    """How often an operation is accepted in a window; see `docket.domain.rate_limits`.

    `network` is of one network over all addresses, `site` of one site, `everyone` of all together.
    Beyond that each site has one more, up to `beyond` in all. Where only failures count for network
    and site, `site_total` is of one site with those that succeed.
    """

    model_config = ConfigDict(frozen=True)

    network: int
    site: int
    everyone: int
    beyond: int = 0
    site_total: int | None = None


class RateLimits(_Group):
    """The limits of each operation, as JSON."""

    rate_limits: Annotated[Mapping[str, OperationLimit], BeforeValidator(json.loads)]

    def of(self, operation: str) -> OperationLimit:
        """The limits of an operation, such as `login`. Raises `KeyError` for one that has none."""
        return self.rate_limits[operation]


class Prices(_Group):
    """In minor units of the currency."""

    price_base: int
    price_per_page: int
    price_currency: str


class Limits(_Group):
    """The limits of a customer; see `docket.domain.limits`. `reader_slots`: readings at once."""

    unpaid_orders: int
    unpaid_pages: int
    documents_a_day: int
    reader_slots: int


class Deadlines(_Group):
    """`order_expiry_days`: an order that is not paid is cancelled after this time.

    `completion_minutes`: a paid order is completed or refunded within this time.
    """

    order_expiry_days: int
    completion_minutes: int


class Retention(_Group):
    """How long data is retained. `invoice_years`: the invoice data of deleted accounts.

    An account that was unused for `unused_days` is removed `notice_days` after a notice; None: no
    account is. The files of a cancelled order are erased after `cancelled_days`; None: they stay.
    """

    invoice_years: int
    notice_days: int
    unused_days: int | None = None
    cancelled_days: int | None = None


class Stripe(_Group):
    """`stripe_api` is another base URL of Stripe's API; None is Stripe itself.

    `stage` distinguishes payments from those of another stage on the same Stripe account.
    `dispute_closes` is whether an order is closed from the beginning of a dispute of its payment.
    """

    stage: str
    stripe_secret: str
    dispute_closes: bool
    stripe_api: str | None = None


class Reader(_Group):
    """The limits for one document: seconds of reading, megabytes of memory.

    A document with more than `reader_pages_at_once` pages to OCR is read in parts. `reader_tries`
    is how often a message is received before it moves to the dead-letter queue. `reader_sandbox`
    is whether a document is read if the system refuses the sandbox.
    """

    reader_timeout_seconds: int
    reader_memory_mb: int
    reader_pages_at_once: int
    reader_tries: int
    reader_sandbox: Literal["required", "best_effort"]


def read[G: _Group](group: type[G]) -> G:
    """The group's values. Raises `Misconfigured`, which names the variables at fault."""
    loaded = _load(group)
    assert isinstance(loaded, group)  # noqa: S101 - `cache` loses the type
    return loaded


@cache
def _load(group: type[_Group]) -> _Group:
    values = {
        name: value
        for name in group.model_fields
        if (value := os.environ.get(_variable(name))) is not None
    }
    try:
        return group.model_validate(values)
    except ValidationError as error:
        wrong = ", ".join(
            f"{_variable(str(problem['loc'][0]))} ({problem['msg']})" for problem in error.errors()
        )
        raise Misconfigured(f"Environment variables are missing or malformed: {wrong}") from None


def assume(variables: Mapping[str, str]) -> None:
    """Work with the variables of a deployed function, on the machine of an operator."""
    os.environ.update(variables)
    _load.cache_clear()


def assume_region() -> None:
    """Let boto3 take the region from AWS_REGION, which it ignores and other tools use."""
    if region := os.environ.get("AWS_REGION"):
        os.environ["AWS_DEFAULT_REGION"] = region


def _variable(name: str) -> str:
    return f"DOCKET_{name.upper()}"

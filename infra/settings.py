"""The settings of each stage, as frozen dataclasses. Nothing else depends on a stage's name."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from infra.endpoint_spec import IdentityProvider, MemorySize
from infra.mail_sender import MailSender
from infra.rate_limits import RATE_LIMITS, UNLIMITED, RateLimits
from infra.regions import has_ses
from infra.token_settings import TOKENS, Tokens

type Architecture = Literal["arm64", "x86_64"]
type Verification = Literal["before_payment", "before_order", "never"]
type SandboxMode = Literal["required", "best_effort"]

LEAST_READER_SLOTS = 4
LEAST_COMPLETION_MINUTES = 60
MOST_EDGE_KEYS = 2
EDGE_KEY_LABEL = re.compile(r"[a-z0-9]{1,20}")
CURRENCY_CODE = re.compile(r"[a-z]{3}")
UNUSUAL_CURRENCIES = frozenset(("bhd", "isk", "jod", "kwd", "omr", "tnd", "ugx"))
"""Stripe charges ISK and UGX in hundredths that are always zero, and rounds currencies of three
decimals to two: https://docs.stripe.com/currencies#special-cases."""

READING_PARENT_MB = 1138
"""Of the reader's memory: for the parent process, the file, and the results of its child."""


class SettingsError(ValueError):
    """A stage with these settings cannot be synthesised. The message says what to change."""


@dataclass(frozen=True, kw_only=True)
class Prices:
    """In minor units of `currency`: `base` for an order, `per_page` for each page that was read."""

    base: int
    per_page: int
    currency: str

    def __post_init__(self) -> None:
        if not CURRENCY_CODE.fullmatch(self.currency):
            raise SettingsError("the currency is a lower-case ISO 4217 code of three letters")
        if self.currency in UNUSUAL_CURRENCIES:
            raise SettingsError(
                f"Stripe's minor unit of {self.currency} is not that of ISO 4217, so amounts would"
                " be shown wrongly: use another currency"
            )
        if self.base < 0 or self.per_page < 0 or self.base + self.per_page == 0:
            raise SettingsError("prices are not negative, and one of them is more than zero")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of one customer, beyond which the API refuses what costs nothing yet."""

    unpaid_orders: int
    """Orders that are neither paid nor cancelled."""
    unpaid_pages: int
    """Pages that were read for those orders."""
    documents_a_day: int
    """Documents added in a day (UTC)."""
    reader_slots: int
    """How many documents, or parts of long ones, are read at once, for all customers together.

    Half of them are for the parts of long documents, and the larger half for all others; each needs
    two, the least that AWS accepts for a queue. One customer has at most half of the slots.

    A new AWS account may run ten functions at once, of which the API needs some. A scan of 300
    pages has 25 parts, so with five slots it takes 13 rounds of two; where the quota is higher, 50
    slots take one. Idle readers cost nothing. `make preflight` compares this with the quota.
    """

    def __post_init__(self) -> None:
        counts = (self.unpaid_orders, self.unpaid_pages, self.documents_a_day)
        if min(counts) < 1:
            raise SettingsError("the limits of a customer are 1 at least")
        if self.reader_slots < LEAST_READER_SLOTS:
            raise SettingsError(f"reader_slots are {LEAST_READER_SLOTS} at least, two for a queue")


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Invoice data of a deleted account is retained for `invoice_years`, as the law asks.

    They are counted from the end of the year of the payment.
    """

    invoice_years: int

    def __post_init__(self) -> None:
        if self.invoice_years < 0:
            raise SettingsError("invoice_years is 0 at least")


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """An order that is not paid is cancelled after `order_expiry_days`.

    A paid order is completed or refunded within `completion_minutes`.
    """

    order_expiry_days: int
    completion_minutes: int

    def __post_init__(self) -> None:
        if self.order_expiry_days < 1:
            raise SettingsError("order_expiry_days is 1 at least")
        if self.completion_minutes < LEAST_COMPLETION_MINUTES:
            raise SettingsError(
                f"completion_minutes are {LEAST_COMPLETION_MINUTES} at least: a reading that makes"
                " no progress is abandoned only after 30"
            )


@dataclass(frozen=True, kw_only=True)
class MemorySizes:
    """Memory of the functions in MB. Lambda gives one virtual processor for each 1,769 MB."""

    standard: int
    """Of the API functions. They wait for DynamoDB; what they compute is start-up and, at login,
    argon2id, both limited by the processor. Below 512 MB the duration of a cold start grows faster
    than the price falls; above, it hardly falls.
    """
    report: int
    """Of the function that draws reports: one processor, because a person waits for it."""
    reader: int
    """Of the function that reads documents. OCR uses two processors.

    A new AWS account may use 3,008 MB for a function, which is 1.7 processors. Where its quota is
    higher, 3538 gives two whole processors. `make preflight` compares this with the quota.
    """

    def of(self, size: MemorySize) -> int:
        """The megabytes of a size that a row names."""
        match size:
            case "standard":
                return self.standard
            case "report":
                return self.report
            case "reader":
                return self.reader


@dataclass(frozen=True, kw_only=True)
class Reader:
    """The function that reads documents, and the limits of one document.

    The child process that reads gets `Settings.reading_memory_mb` megabytes of the function's.

    The times in order, longest first:

        30 min  a reading without progress is abandoned                     READING_DEADLINE
        27 min  a message whose reading always fails was received five times
        15 min  the reading is requested again, in case a message was lost     READING_CHECK
       330 s    a message that was not deleted is received again   READER_VISIBILITY_SECONDS
         5 min  Lambda ends the function                        READ_DOCUMENT.timeout_seconds
       275 s    the reading ends: 200 for the pages, `timeout_seconds`; 20 to count the pages
                without text; 40 for page images; 5 of grace for each of these

    OCR of a dozen pages takes 6 to 40 seconds, and `pages_at_once` is a dozen. A longer document is
    read in parts, each with these times. Joining 300 pages takes five seconds of the last part's
    time; if fewer are left, its message is received again and has the whole time for it.
    """

    timeout_seconds: int
    pages_at_once: int
    sandbox: SandboxMode
    """Whether documents are read if the system refuses the filter of system calls.

    `required`: the reading fails. `best_effort`: the document is read, and an alarm goes off; the
    decision record 0009 has the reasons.
    """


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """Requests a second to the whole API, and the burst."""

    rate: int
    burst: int


@dataclass(frozen=True, kw_only=True)
class Waf:
    """The firewall (AWS WAF) in front of the distribution: AWS's managed rules and a rate rule."""

    requests_per_address: int
    """To the API within five minutes.

    A browser sends about 100 in that time while its documents are being read, and a company may be
    one address.
    """


@dataclass(frozen=True, kw_only=True)
class Emulator:
    """The addresses of the local stage's emulators. Ports are chosen for each machine."""

    port: int
    stripe_api: str
    """The URL of the Stripe double, as functions reach it."""


@dataclass(frozen=True, kw_only=True)
class Domain:
    """A custom domain, and how it gets a certificate in us-east-1, as CloudFront requires.

    Without `certificate_arn` the edge stack requests one. With `hosted_zone_id`, of a zone in
    Route 53, it is validated there; otherwise the deployment waits until somebody has added the
    record that the certificate's page shows.
    """

    name: str
    certificate_arn: str | None = None
    hosted_zone_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one stage."""

    stage: str
    region: str = "us-east-1"
    """The region of all stacks but those of the edge. `infra.app` takes it from the environment."""
    identity_provider: IdentityProvider
    architecture: Architecture
    prices: Prices = Prices(base=200, per_page=50, currency="eur")
    limits: Limits = Limits(
        unpaid_orders=20, unpaid_pages=5000, documents_a_day=2000, reader_slots=5
    )
    deadlines: Deadlines = Deadlines(order_expiry_days=30, completion_minutes=120)
    retention: Retention = Retention(invoice_years=10)
    dispute_closes: bool = False
    """Whether an order is closed as soon as its payment is disputed at the bank.

    Otherwise the customer keeps the analysis until the bank decides. A lost dispute closes it, and
    one that was won opens it again, in any case.
    """
    tokens: Tokens = TOKENS
    rate_limits: RateLimits = RATE_LIMITS
    memory: MemorySizes = MemorySizes(standard=512, report=1769, reader=3008)
    snap_start: bool = True
    """Whether API functions start from a snapshot taken after their imports (SnapStart).

    It makes a cold start a restore. It costs about 2 dollars a month for a function of 512 MB,
    whether called or not. In development it is not worth that.
    """
    reader: Reader = Reader(
        timeout_seconds=200,
        pages_at_once=12,
        sandbox="best_effort",
    )
    throttle: Throttle = Throttle(rate=200, burst=400)
    edge_keys: tuple[str, ...] = ("1",)
    """Labels of the keys by which functions recognise the distribution, which sends the first.

    A second one is valid while a key is replaced; `docs/operations.md` has the steps.
    """
    log_retention_days: int = 30
    old_version_days: int = 30
    """Retention of replaced and deleted versions in the bucket."""
    keeps_data: bool = True
    """Whether the table and buckets outlive the stack, and the table has deletion protection."""
    alarm_email: str | None = None
    """The address that alarms wake. It confirms its subscription by a link that SNS sends it."""
    requires_alarm_email: bool = True
    """Whether the stage cannot be synthesised without `alarm_email`."""
    waf: Waf | None = None
    """The firewall. It costs 9 dollars a month and .60 for a million requests."""
    runbook: str = "docs/operations.md"
    """Where operations.md is published. An alarm's message links to its section if it is a URL."""
    malware_scan: bool = False
    """Whether GuardDuty scans each upload for malware, and documents wait for its verdict.

    GuardDuty asks a price for each file and gigabyte: docs/costs.md.
    """
    domain: Domain | None = None
    mail: MailSender | None = None
    """Without it a stage with a domain sends mail from `no-reply@` that domain, and one without a
    domain, or in a region without SES, sends none.
    """
    verification: Verification = "before_payment"
    """Before what a customer must have confirmed the address of the account, by a mailed link.

    With any but `never`, registration does not show whether an address has an account. A stage that
    sends no mail verifies no address.
    """
    emulator: Emulator | None = None
    """Only in the local stage: the emulators that replace AWS and Stripe."""

    def __post_init__(self) -> None:
        if not 1 <= len({*self.edge_keys}) == len(self.edge_keys) <= MOST_EDGE_KEYS:
            raise ValueError("edge_keys are one or two different labels")
        if not all(EDGE_KEY_LABEL.fullmatch(label) for label in self.edge_keys):
            raise ValueError("a label of edge_keys is 1 to 20 lower-case letters and digits")
        if self.mail and not has_ses(self.region):
            raise ValueError(f"{self.region} has no SES: choose another region, or no `mail`")

    @property
    def reading_memory_mb(self) -> int:
        """The memory in MB of the child process that reads a document."""
        return self.memory.reader - READING_PARENT_MB

    @property
    def requests_certificate(self) -> bool:
        """Whether the edge stack requests the certificate of the domain."""
        return self.domain is not None and self.domain.certificate_arn is None

    @property
    def has_edge(self) -> bool:
        """Whether something of the distribution must be created in us-east-1 before it."""
        return self.requests_certificate or self.waf is not None

    @property
    def mail_sender(self) -> MailSender | None:
        """Who sends mail; None if nobody does."""
        if self.mail or self.domain is None or not has_ses(self.region):
            return self.mail
        return MailSender(address=f"no-reply@{self.domain.name}")

    @property
    def mail_identity(self) -> str | None:
        """What SES verifies: the stage's domain or the sender's address."""
        sender = self.mail_sender
        return sender.identity(self.domain.name if self.domain else None) if sender else None

    @property
    def verification_in_force(self) -> Verification:
        return self.verification if self.mail_sender else "never"

    @property
    def tls(self) -> bool:
        """Whether TLS is required. An emulator on the loopback interface has none."""
        return self.emulator is None


PROD = Settings(
    stage="prod",
    identity_provider="jwt",
    architecture="arm64",
    throttle=Throttle(rate=1000, burst=2000),
    waf=Waf(requests_per_address=10_000),
    log_retention_days=180,
)

DEV = Settings(
    stage="dev",
    identity_provider="jwt",
    architecture="arm64",
    snap_start=False,
    log_retention_days=7,
    old_version_days=7,
    keeps_data=False,
    requires_alarm_email=False,
)


DEPLOYED = {settings.stage: settings for settings in (DEV, PROD)}
"""The stages that are deployed to AWS, by name."""


def with_identity(settings: Settings, identity_provider: str, *, draft: bool = False) -> Settings:
    """The settings with that identity. Raises `SettingsError` if the stage must not have it.

    A stage that keeps its data has customers in one of the two: with the other one a deployment
    would leave all of them without an account. So there only the setting itself decides, except for
    a draft, which is not deployed.
    """
    match identity_provider:
        case "jwt" | "cognito":
            changed = replace(settings, identity_provider=identity_provider)
        case other:
            raise SettingsError(f"there is no identity {other!r}: it is jwt or cognito")
    if settings.keeps_data and changed != settings and not draft:
        raise SettingsError(
            f"The identity of {settings.stage} is {settings.identity_provider}, where its customers"
            " are: to change it, change identity_provider in infra/settings.py."
        )
    return changed


def local(*, architecture: Architecture, emulator: Emulator) -> Settings:
    """The stage on one machine: `emulator` replaces AWS; layers are built for this machine."""
    return replace(
        DEV,
        stage="local",
        architecture=architecture,
        emulator=emulator,
        # Each reader uses two processors: more readers would only share them. A developer's
        # customer leaves many orders unpaid.
        limits=replace(DEV.limits, reader_slots=LEAST_READER_SLOTS, unpaid_orders=1000),
        mail=MailSender(address="docket@example.com"),  # no mail leaves the emulator
        # On one machine all clients have the same address.
        rate_limits=UNLIMITED,
        verification="never",  # a customer of a test or a demo can pay at once
    )

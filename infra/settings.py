"""The settings of each stage, as frozen dataclasses. Nothing else depends on a stage's name."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from infra.endpoint_spec import Authorizer, Identity, IdentityProvider, MemorySize
from infra.regions import has_ses
from infra.setting_types.error import SettingsError
from infra.setting_types.mail_sender import MailSender
from infra.setting_types.operator import Operator
from infra.setting_types.prices import PRICES, Prices
from infra.setting_types.rate_limits import RATE_LIMITS, UNLIMITED, RateLimits
from infra.setting_types.retention import RETENTION, Retention
from infra.setting_types.tokens import TOKENS, Tokens
from infra.setting_types.traffic import THROTTLE, Throttle, Waf

type Architecture = Literal["arm64", "x86_64"]
type Verification = Literal["before_payment", "before_order", "never"]
type SandboxMode = Literal["required", "best_effort"]

LEAST_READER_SLOTS = 4  # two for each queue of the reader
LEAST_COMPLETION_MINUTES = 60  # twice what a reading without progress takes to be abandoned
MOST_EDGE_KEYS = 2  # the current one, and while it is replaced the next one
EDGE_KEY_LABEL = re.compile(r"[a-z0-9]{1,20}")

READING_PARENT_MB = 1138
"""Of the reader's memory: for the parent process, the file, and the results of its child."""


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
    authorizer: Authorizer = "lambda"
    """What checks access tokens: a function that looks up the session, or, only with `cognito`, API
    Gateway itself, which checks tokens of the user pool.

    With `gateway` the end of a session takes effect when its token expires: docs/security.md.
    """
    architecture: Architecture
    prices: Prices = PRICES
    limits: Limits = Limits(
        unpaid_orders=20, unpaid_pages=5000, documents_a_day=2000, reader_slots=5
    )
    deadlines: Deadlines = Deadlines(order_expiry_days=30, completion_minutes=120)
    retention: Retention = RETENTION
    dispute_closes: bool = False
    """Whether an order is closed as soon as its payment is disputed at the bank.

    Otherwise the customer keeps the analysis until the bank decides. A lost dispute closes it, and
    one that was won opens it again, in any case.
    """
    tokens: Tokens = TOKENS
    rate_limits: RateLimits = RATE_LIMITS
    memory: MemorySizes = MemorySizes(standard=512, report=1769, reader=3008)
    snap_start: bool = True
    """Whether the functions that customers wait for start from a snapshot taken after their
    imports (SnapStart): those with `snapshot` in `infra/endpoints/`. In development it is not worth
    its price."""
    reader: Reader = Reader(
        timeout_seconds=200,
        pages_at_once=12,
        sandbox="best_effort",
    )
    throttle: Throttle = THROTTLE
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
    operator: Operator | None = None
    """Who runs the stage. The site's imprint, privacy notice and terms name it."""
    requires_operator: bool = True
    """Whether the stage cannot be synthesised, and its site not published, without `operator`."""
    waf: Waf | None = None
    """The firewall. It costs 9 dollars a month and .60 for a million requests."""
    runbook: str = "docs/operations.md"
    """Where operations.md is published. An alarm's message links to its section if it is a URL."""
    malware_scan: bool = False
    """Whether GuardDuty scans each upload for malware, and documents wait for its result.

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
    relying_party: str | None = None
    """The domain that passkeys are bound to: the stage's or a parent of it; None: the stage's, or
    the distribution's name. Another one makes all passkeys useless: docs/security.md.
    """
    emulator: Emulator | None = None
    """Only in the local stage: the emulators that replace AWS and Stripe."""

    def __post_init__(self) -> None:
        if self.authorizer == "gateway" and self.identity_provider != "cognito":
            raise SettingsError(
                "the authorizer gateway checks tokens of a user pool, which only the identity"
                " cognito has"
            )
        if not 1 <= len({*self.edge_keys}) == len(self.edge_keys) <= MOST_EDGE_KEYS:
            raise ValueError("edge_keys are one or two different labels")
        if not all(EDGE_KEY_LABEL.fullmatch(label) for label in self.edge_keys):
            raise ValueError("a label of edge_keys is 1 to 20 lower-case letters and digits")
        if self.relying_party and not self._is_host_under(self.relying_party):
            raise SettingsError("relying_party is the stage's domain, or a parent of it")
        if self.mail and not has_ses(self.region):
            raise ValueError(f"{self.region} has no SES: choose another region, or no `mail`")

    def require_operator(self) -> None:
        """Raises `SettingsError` if the stage requires an operator and has none."""
        if self.requires_operator and not self.operator:
            raise SettingsError(
                f"the imprint and the terms of {self.stage} would name nobody: set operator in"
                " infra/settings.py, as Operator(name=…, address=(…), mail=…, vat_id=…)"
            )

    @property
    def identity(self) -> Identity:
        """The identity by which the rows of `infra/endpoints/` differ."""
        return "gateway" if self.authorizer == "gateway" else self.identity_provider

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
        """When an address must be verified: never if the stage sends no mail."""
        return self.verification if self.mail_sender else "never"

    @property
    def relying_party_in_force(self) -> str | None:
        """What passkeys are bound to; None: the host that is called, for want of a domain."""
        return self.relying_party or (self.domain.name if self.domain else None)

    def _is_host_under(self, parent: str) -> bool:
        return self.domain is not None and f".{self.domain.name}".endswith(f".{parent}")

    @property
    def unused_days_in_force(self) -> int | None:
        """`retention.unused_days`; None if nobody can be notified."""
        return self.retention.unused_days if self.mail_sender else None

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
    requires_operator=False,
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
        case "jwt":
            changed = replace(settings, identity_provider="jwt", authorizer="lambda")
        case "cognito":
            changed = replace(settings, identity_provider="cognito")
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

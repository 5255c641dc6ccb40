"""What differs from one stage to another, as frozen facts: nothing else asks its name."""

from dataclasses import dataclass, replace
from typing import Literal

from infra.endpoint_spec import IdentityProvider, MemorySize

type Architecture = Literal["arm64", "x86_64"]

DAY = 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Prices:
    """In minor units of `currency`: `base` for an order, `per_page` for each page that was read."""

    base: int
    per_page: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """Lifetimes in seconds. The refresh token's is how long a session may lie idle."""

    access_seconds: int
    refresh_seconds: int
    pool_access_seconds: int
    """An access token's where identity is `cognito`.

    The gateway itself checks those, and knows nothing of sessions: who has signed out is let in
    until the token expires. Five minutes is the least that Cognito offers; the price is a refresh
    every five minutes. With `jwt` the session is looked up, and ends at once.
    """


@dataclass(frozen=True, kw_only=True)
class RateLimits:
    """What one network may do in ten minutes. The attempts on one address are no setting.

    A company may be one network, and everybody in it starts to work at nine.
    """

    failed_logins: int
    registrations: int


@dataclass(frozen=True, kw_only=True)
class MemorySizes:
    """Megabytes of a function. Lambda gives one virtual processor for each 1,769 MB."""

    standard: int
    """The API's. Its work is waiting for DynamoDB; what it computes is start-up and, at login,
    argon2id. Both are bound by the processor: below 512 MB a cold start grows faster than the price
    falls, above it hardly shrinks."""
    report: int
    """Of the function that draws reports: one processor, since a person waits for it."""
    reader: int
    """Of the function that reads documents: two processors, which OCR uses."""

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

    The child process that reads gets `memory_mb` of the function's `memory.reader` megabytes.

    The times in order, longest first:

        30 min  the document is given up if nothing more of it was read     READING_DEADLINE
        17 min  a message whose reading always breaks off was received three times
        15 min  the sweep requests again what was not read, in case a message was lost
                                                                            READING_CHECK
         6 min  a message that was not deleted is received again  visibility_timeout_seconds
         5 min  Lambda ends the function                            function_timeout_seconds
       275 s    the reading ends: 200 for the pages, `timeout_seconds`; 20 to count the pages
                without text; 40 for pictures; 5 of grace for each of these

    OCR of a dozen pages takes 6 to 40 seconds, and `pages_at_once` is a dozen: a longer document is
    read in parts, each with all of these times. Joining 300 pages takes five seconds of the last
    part's; if those are not left, its message is received again and has all of the time for it.

    AWS recommends a visibility timeout of six times the function's, since a mapping may have to
    wait for a throttled function. Here the mapping receives no more messages than may run at once,
    and a duplicate does no harm; but a reading that broke off would wait half an hour.
    """

    function_timeout_seconds: int
    visibility_timeout_seconds: int
    memory_mb: int
    timeout_seconds: int
    pages_at_once: int
    max_concurrency: int
    """How many documents, or parts of long ones, are read at once, over all customers.

    A scan of 300 pages is 25 parts: with fewer than that side by side it takes several rounds. What
    is idle costs nothing. But a new account of AWS may run ten functions at once: ask for more.
    """


@dataclass(frozen=True, kw_only=True)
class Throttle:
    """Requests a second to the whole API, and how many may come at once."""

    rate: int
    burst: int


@dataclass(frozen=True, kw_only=True)
class Emulator:
    """Where the local stage's outside world listens; ports are chosen anew on every machine."""

    port: int
    stripe_api: str
    """The Stripe double, as functions reach it."""


@dataclass(frozen=True, kw_only=True)
class Domain:
    """A name of one's own, and its certificate (in us-east-1, where CloudFront looks for it)."""

    name: str
    certificate_arn: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One stage."""

    stage: str
    identity_provider: IdentityProvider
    architecture: Architecture
    prices: Prices = Prices(base=200, per_page=50, currency="eur")
    tokens: Tokens = Tokens(
        access_seconds=15 * 60, refresh_seconds=30 * DAY, pool_access_seconds=5 * 60
    )
    rate_limits: RateLimits = RateLimits(failed_logins=100, registrations=30)
    memory: MemorySizes = MemorySizes(standard=512, report=1769, reader=3538)
    snap_start: bool = True
    """Start API functions from a snapshot taken after their imports. It costs about 2 dollars a
    month for a function of 512 MB, whether called or not, and makes a cold start a restore. Where
    few are waiting, as on one machine or in development, it is not worth it."""
    reader: Reader = Reader(
        function_timeout_seconds=300,
        visibility_timeout_seconds=360,
        memory_mb=2400,
        timeout_seconds=200,
        pages_at_once=12,
        max_concurrency=50,
    )
    throttle: Throttle = Throttle(rate=200, burst=400)
    log_retention_days: int = 30
    old_version_days: int = 30
    """How long the bucket keeps a version that was replaced or deleted."""
    keeps_data: bool = True
    """The table and the buckets outlive the stack, and the table refuses to be deleted."""
    alarm_email: str | None = None
    domain: Domain | None = None
    emulator: Emulator | None = None
    """Set in the local stage alone: the outside world is then an emulator."""

    @property
    def tls(self) -> bool:
        """Nothing is reached but over TLS; an emulator, on the loopback interface, has none."""
        return self.emulator is None


PROD = Settings(
    stage="prod",
    identity_provider="jwt",
    architecture="arm64",
    throttle=Throttle(rate=1000, burst=2000),
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
)


def local(*, architecture: Architecture, emulator: Emulator) -> Settings:
    """The stage on one machine: `emulator` plays AWS; layers are built for the machine itself."""
    return replace(
        DEV,
        stage="local",
        architecture=architecture,
        emulator=emulator,
        # Each takes two processors: more at once would only share them.
        reader=replace(DEV.reader, max_concurrency=2),
        # On one machine everybody comes from one address.
        rate_limits=RateLimits(failed_logins=10_000, registrations=10_000),
    )

"""The types of the table of endpoints. This module does not import CDK.

A `Grant` names DynamoDB actions and the partition-key prefixes that they are allowed on. The role
gets them with a `dynamodb:LeadingKeys` condition. A transaction needs the actions of its parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

type IdentityProvider = Literal["jwt", "cognito"]
type Authorizer = Literal["lambda", "gateway"]
type Identity = Literal["jwt", "cognito", "gateway"]
"""The identity provider; `gateway` is `cognito` with the authorizer `gateway`.

With it sessions and tokens are the user pool's; otherwise they are Docket's own.
"""

IDENTITIES: tuple[Identity, ...] = ("jwt", "cognito", "gateway")

type Scope = Literal["read", "write", "pay"]
"""What an API key may be used for.

A test holds it equal to `docket.domain.accounts.api_key.Scope`.
"""

type Secret = Literal["token_key", "sealing_key", "stripe"]
type LayerName = Literal["core", "vendor", "analysis", "reader"]
type MemorySize = Literal["standard", "report", "reader"]
type ConfigGroup = Literal[
    "table",
    "bucket",
    "reading_queues",
    "result_queue",
    "export_queue",
    "report_queue",
    "debt_queues",
    "mail_queue",
    "mail_sender",
    "mail",
    "tokens",
    "reauthentication",
    "sealing",
    "user_pool",
    "stripe",
    "edge",
    "identity",
    "verification",
    "relying_party",
    "rate_limits",
    "prices",
    "limits",
    "deadlines",
    "retention",
    "reader",
    "uploads",
]
"""Environment variables that are read together; `docket.runtime.config` has a class for each."""

type QueueName = Literal[
    "uploads",
    "readings",
    "parts",
    "results",
    "exports",
    "reports",
    "money",
    "work",
    "housekeeping",
    "mail",
    "feedback",
]
"""The queues of `infra.queues`."""

FIFO_QUEUES: frozenset[QueueName] = frozenset({"results"})
"""In order within a group, which is an order's id: so each order has one writer at a time."""

SEND_MESSAGE = "sqs:SendMessage"

IDENTITIES_WITH: Mapping[Secret, frozenset[Identity]] = {
    "token_key": frozenset({"jwt", "cognito"}),
    "sealing_key": frozenset({"jwt", "cognito"}),
    "stripe": frozenset(IDENTITIES),
}
"""Which identities have a secret."""

_HAVING: Mapping[str, frozenset[Identity]] = {
    "own sessions": frozenset({"jwt", "cognito"}),
    "own passwords": frozenset({"jwt"}),
}
"""The identities that have the functions which exist `only` with some."""

_QUEUE_GROUPS: Mapping[ConfigGroup, frozenset[QueueName]] = {
    "reading_queues": frozenset({"readings", "parts"}),
    "result_queue": frozenset({"results"}),
    "export_queue": frozenset({"exports"}),
    "report_queue": frozenset({"reports"}),
    "debt_queues": frozenset({"money", "work", "housekeeping"}),
    "mail_queue": frozenset({"mail"}),
}
"""The queues that a function that sends finds by the variables of a group. Lambda receives for it,
and passes it the messages."""


@dataclass(frozen=True)
class Grant:
    """DynamoDB `actions` on items whose partition key starts with `keys`; on `index` if named."""

    actions: tuple[str, ...]
    keys: tuple[str, ...]
    index: str | None = None


def transaction(*parts: Grant) -> Grant:
    """The grant for a transaction whose parts need these grants.

    AWS does not document whether `dynamodb:LeadingKeys` is, for a part of a transaction, the key of
    that part or the keys of all parts. So each action is allowed on the keys of every part. That
    allows little more: whoever can put an item can update it, and an update creates an item.
    """
    actions = dict.fromkeys(action for part in parts for action in part.actions)
    keys = dict.fromkeys(key for part in parts for key in part.keys)
    return Grant(tuple(actions), tuple(keys))


@dataclass(frozen=True)
class Objects:
    """S3 `actions` on objects under `prefix` of the documents bucket."""

    actions: tuple[str, ...]
    prefix: str
    presigned: bool = False
    """Whether the function only presigns URLs and forms, and does not call S3 itself."""


@dataclass(frozen=True)
class Messages:
    """SQS `actions` on `queues`."""

    actions: tuple[str, ...]
    queues: tuple[QueueName, ...]


@dataclass(frozen=True, kw_only=True)
class Access:
    """The permissions of a function, and the configuration that it needs beyond them."""

    table: tuple[Grant, ...] = ()
    objects: tuple[Objects, ...] = ()
    listed: tuple[str, ...] = ()
    """Prefixes under which the function may list the versions of objects.

    A listing shows which objects exist and the ids of other customers' documents. A function that
    reads a document's bytes must not have it.
    """
    queues: tuple[Messages, ...] = ()
    secrets: tuple[Secret, ...] = ()
    user_pool: tuple[str, ...] = ()
    """Actions on the user pool."""
    sends_mail: bool = False
    """Whether the function may send mail from the stage's sender to anybody."""
    config: tuple[ConfigGroup, ...] = ()
    """Groups of environment variables that no permission implies."""

    def __or__(self, other: "Access") -> "Access":
        return Access(
            table=self.table + other.table,
            objects=self.objects + other.objects,
            listed=self.listed + other.listed,
            queues=self.queues + other.queues,
            secrets=self.secrets + other.secrets,
            user_pool=self.user_pool + other.user_pool,
            sends_mail=self.sends_mail or other.sends_mail,
            config=self.config + other.config,
        )

    def sends_to(self) -> frozenset[QueueName]:
        """The queues that the function may send messages to."""
        return frozenset(
            queue
            for messages in self.queues
            if SEND_MESSAGE in messages.actions
            for queue in messages.queues
        )

    def config_groups(self) -> frozenset[ConfigGroup]:
        """The groups of variables of the function: those named and those its permissions imply."""
        implied: dict[ConfigGroup, bool] = {
            "table": bool(self.table),
            "bucket": bool(self.objects or self.listed),
            **{group: bool(self.sends_to() & queues) for group, queues in _QUEUE_GROUPS.items()},
            "tokens": "token_key" in self.secrets,
            "sealing": "sealing_key" in self.secrets,
            "stripe": "stripe" in self.secrets,
            "user_pool": bool(self.user_pool),
            "mail": self.sends_mail,
        }
        return frozenset({*self.config, *(group for group, needed in implied.items() if needed)})


@dataclass(frozen=True, kw_only=True)
class FunctionSpec(Access):
    """One Lambda function: `name` is its file under `functions/`, without the suffix.

    `access` applies to every identity; `jwt`, `cognito` and `gateway` are added for that identity
    only, `malware_scan` in a stage that scans uploads.
    """

    name: str
    layers: tuple[LayerName, ...] = ("core", "vendor")
    memory: MemorySize = "standard"
    timeout_seconds: int = 20
    """API Gateway's maximum is 30 seconds. With less, the function's own error comes first."""
    snapshot: bool = False
    """Whether the function starts from a snapshot where the stage uses them: customers wait for it
    again and again on the way to their results. A snapshot costs about 2 dollars a month, whether
    the function is called or not; without it, a start takes about a second longer."""
    only: Literal["own sessions", "own passwords"] | None = None
    """The function exists only with the identities whose sessions, or whose passwords, are Docket's
    own; None: with any."""
    unused_reasons: Mapping[str, str] = field(default_factory=dict)
    """Why the function has a grant that no call of its handler uses, by the grant as
    `tests/grants.py` spells it."""
    jwt: Access = Access()
    cognito: Access = Access()
    gateway: Access | None = None
    """None: as with `cognito`."""
    malware_scan: Access = Access()

    def exists(self, identity: Identity) -> bool:
        """Whether a stack with that identity has the function."""
        return self.only is None or identity in _HAVING[self.only]

    def as_with(self, identity: Identity) -> Identity:
        """The first identity with which the function is the same as with that one."""
        return "cognito" if identity == "gateway" and self.gateway is None else identity

    def of_identity(self, identity: Identity) -> Access:
        """The permissions that the function has only with that identity."""
        accesses = {"jwt": self.jwt, "cognito": self.cognito, "gateway": self.gateway or Access()}
        return accesses[self.as_with(identity)]

    def access(self, identity: Identity, *, malware_scan: bool = False) -> Access:
        """All permissions of the function with that identity, in a stage that scans or not."""
        access = self | self.of_identity(identity)
        return access | self.malware_scan if malware_scan else access

    def every_access(self) -> Access:
        """The permissions of the function with any identity, in a stage that scans uploads."""
        access = self | self.malware_scan
        for identity in IDENTITIES:
            access |= self.of_identity(identity)
        return access


@dataclass(frozen=True, kw_only=True)
class ResponseSpec:
    """A response that the handler's types do not describe.

    Without a description it adds `headers` to the response that the handler describes. `schema` is
    the name of a schema, or `object` for any. `headers` are names of headers that
    `infra.openapi.headers` describes.
    """

    status: int
    description: str | None = None
    schema: str | None = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EndpointSpec(FunctionSpec):
    """A function behind a route of the HTTP API."""

    method: str
    path: str
    public: bool = False
    """Anybody may call the route. Every other route requires an authenticated caller."""
    optional_session: bool = False
    """The route is public, and Docket's own authorizer passes every request on, to its handler with
    the caller of an open session if the request has one. The gateway's authorizer does not."""
    scope: Scope | None = None
    """What an API key needs for the route; None: it accepts no API key, only a session."""
    test_keys: bool = False
    """Whether it accepts test keys with the scope, too. They find the sample order only."""
    reachable: Literal["distribution", "anywhere"] = "distribution"
    """From where the function can be called. `anywhere` also answers calls of the API's own
    address, which do not pass the distribution and its firewall."""
    content_type: str = "application/json"
    """The content type of the successful response."""
    headers: tuple[str, ...] = ()
    """Request headers that the handler reads, of those that `infra.openapi.headers` describes.
    `idempotent` implies its own."""
    request: str | None = None
    """The schema of the body, where the handler reads it as it was sent."""
    responses: tuple[ResponseSpec, ...] = ()
    errors: tuple[str, ...] = ()
    """Codes of `docket.domain.errors` besides those that `infra.openapi.errors` derives."""
    idempotent: bool = False
    """Whether the operation supports the header `Idempotency-Key`."""

    def has_authorizer(self, identity: Identity) -> bool:
        """Whether the route has an authorizer: none that refuses requests, if it is public."""
        return not self.public or (self.optional_session and identity != "gateway")

    def access(self, identity: Identity, *, malware_scan: bool = False) -> Access:
        """All permissions of the function with that identity, in a stage that scans or not."""
        access = super().access(identity, malware_scan=malware_scan)
        return access | Access(config=("edge",)) if self.reachable == "distribution" else access

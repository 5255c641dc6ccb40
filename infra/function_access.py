"""What each function may do at most, as Markdown tables for `docs/security.md`.

Both tables are made from the rows of `infra/endpoints/`, so they hold for the deployed roles.
"""

from collections.abc import Callable, Iterable, Iterator

from infra.endpoint_spec import IDENTITIES, Access, FunctionSpec, Identity, QueueName
from infra.endpoints import FUNCTIONS
from infra.endpoints import actions as at

VERBS = {
    at.GET: "get",
    at.BATCH_GET: "get",
    at.QUERY: "query",
    at.PUT: "put",
    at.UPDATE: "update",
    at.DELETE: "delete",
    at.CHECK: "check",
    at.READ_OBJECT: "read",
    at.READ_VERSION: "read versions of",
    at.READ_VERSION_TAGS: "read tags of versions of",
    at.WRITE_OBJECT: "write",
    at.DELETE_VERSION: "delete versions of",
    at.LIST_VERSIONS: "list versions of",
    **dict.fromkeys(at.SEND, "send to"),
    **dict.fromkeys(at.RECEIVE, "receive from"),
    **dict.fromkeys(at.MEASURE, "count messages of"),
}
WRITES = {at.PUT, at.UPDATE, at.DELETE}
SECRETS = {
    "token_key": "the key that signs tokens",
    "sealing_key": "the key that encrypts secrets of customers",
    "stripe": "Stripe's keys",
}
SETS_ACCOUNTS = {"cognito-idp:AdminSetUserPassword", "cognito-idp:AdminUpdateUserAttributes"}

type Includes = Callable[[Access], bool]


def _items(actions: set[str], *keys: str) -> Includes:
    """Whether an access has one of the actions on one of the keys of the table or an index."""
    return lambda access: any(
        actions & {*grant.actions} and {*keys} & {*grant.keys} for grant in access.table
    )


def _sends(*queues: QueueName) -> Includes:
    return lambda access: bool(access.sends_to() & {*queues})


def _objects(action: str, prefix: str) -> Includes:
    return lambda access: any(
        action in objects.actions and objects.prefix == prefix for objects in access.objects
    )


CAPABILITIES: tuple[tuple[str, Includes], ...] = (
    (
        "Act as any customer: sign an access token, or decide who a caller is",
        lambda access: "token_key" in access.secrets,
    ),
    ("Open or prolong a session of any customer", _items({at.PUT, at.UPDATE}, at.SESSIONS)),
    (
        "Create an API key of any customer, or change what one may do",
        _items({at.PUT, at.UPDATE}, at.API_KEYS),
    ),
    (
        "Replace the password of an address that it knows",
        # With a user pool, the table holds reservations of addresses only.
        lambda access: _items(WRITES, at.EMAILS)(access) and not access.user_pool,
    ),
    (
        "Set the password or the address of any account of the user pool",
        lambda access: bool(SETS_ACCOUNTS & {*access.user_pool}),
    ),
    (
        "Send any mail to anybody from the service's address",
        lambda access: access.sends_mail,
    ),
    (
        "Make a link that changes the password or address of a customer whose id it knows",
        _items({at.PUT, at.UPDATE}, at.LINKS),
    ),
    (
        "Turn the second factor of a customer off whose id it knows, or add a passkey",
        _items(WRITES, at.FACTORS),
    ),
    (
        "Have a mail of the service's own sent to any address",
        _items({at.PUT, at.UPDATE}, at.MAILS),
    ),
    (
        "Use Stripe's secret key: refund any payment; create, read and cancel payments",
        lambda access: "stripe" in access.secrets,
    ),
    (
        "Change an order or a profile whose ids it knows: for example, mark an order as paid",
        _items(WRITES, at.USERS),
    ),
    (
        "Write documents, payments, refunds and audit events of an order whose id it knows",
        _items(WRITES, at.ORDERS),
    ),
    (
        "Read an order or a profile whose ids it knows",
        _items({at.GET, at.BATCH_GET, *WRITES}, at.USERS),
    ),
    ("List the orders of a customer whose id it knows", _items({at.QUERY}, at.USERS)),
    ("List what belongs to an order whose id it knows", _items({at.QUERY}, at.ORDERS)),
    (
        "List the orders and customers with something unfinished",
        _items({at.QUERY}, *at.DEBTS),
    ),
    (
        "Read the file of a document whose ids and version it knows",
        lambda access: (
            _objects(at.READ_VERSION, at.UPLOADS)(access)
            or _objects(at.READ_OBJECT, at.UPLOADS)(access)
        ),
    ),
    (
        "Read the result or the page images of a document whose ids and version it knows",
        _objects(at.READ_OBJECT, at.RESULTS),
    ),
    ("Store a further version of any document's file", _objects(at.WRITE_OBJECT, at.UPLOADS)),
    (
        "Replace the result of a document whose ids and version it knows",
        _objects(at.WRITE_OBJECT, at.RESULTS),
    ),
    ("List the documents of all customers", lambda access: at.UPLOADS in access.listed),
    (
        "Delete the files of documents whose versions it knows or may list",
        _objects(at.DELETE_VERSION, at.UPLOADS),
    ),
    (
        "End the sessions of a customer whose ids it knows",
        lambda access: (
            _items(WRITES, at.SESSIONS)(access)
            or "cognito-idp:AdminUserGlobalSignOut" in access.user_pool
        ),
    ),
    (
        "Report a result of its own for any document whose ids it knows",
        _sends("results"),
    ),
    (
        "Have the reader read any stored version, again and again",
        _sends("readings", "parts"),
    ),
)
"""What someone who controls a function's code could do, the worst first."""


def capability_table(rows: Iterable[FunctionSpec] = FUNCTIONS) -> str:
    """For each capability, the functions that have it; with the identities if not all."""
    functions = list(rows)
    lines = [
        f"| {text} | {', '.join(_functions_with(capability, functions)) or 'none'} |"
        for text, capability in CAPABILITIES
    ]
    return "\n".join(["| An attacker could | with the code of |", "|---|---|", *lines])


def access_table(rows: Iterable[FunctionSpec] = FUNCTIONS) -> str:
    """A line for each function; one for each identity where its permissions differ."""
    lines = [
        f"| {name} | {_table(access) or 'nothing'} | {_elsewhere(access) or 'nothing'} |"
        for row in rows
        for name, access in _accesses(row)
    ]
    head = ["| Function | Items of the table | Objects, queue, secrets and user pool |"]
    return "\n".join([*head, "|---|---|---|", *lines])


def _functions_with(capability: Includes, functions: list[FunctionSpec]) -> Iterator[str]:
    """The functions whose access includes that, as code in Markdown."""
    for function in functions:
        deployed = [name for name in IDENTITIES if function.exists(name)]
        includes = [n for n in deployed if capability(function.access(n, malware_scan=True))]
        if includes:
            only = "" if includes == deployed else f" ({' and '.join(includes)})"
            yield f"`{function.name}`{only}"


def _accesses(row: FunctionSpec) -> Iterator[tuple[str, Access]]:
    """The row's accesses, each with the name and the identities that have it, unless all have."""
    identities = [name for name in IDENTITIES if row.exists(name)]
    accesses = {name: row.access(name, malware_scan=True) for name in identities}
    identities_by_access: dict[str, list[Identity]] = {}
    for name, access in accesses.items():
        identities_by_access.setdefault(f"{_table(access)} {_elsewhere(access)}", []).append(name)
    for names in identities_by_access.values():
        label = "" if len(identities_by_access) == 1 else f", {' and '.join(names)}"
        yield f"`{row.name}`{label}", accesses[names[0]]


def _table(access: Access) -> str:
    return "; ".join(
        f"{_verbs(grant.actions)} {', '.join(f'`{key}`' for key in grant.keys)}"
        + (f" of index `{grant.index}`" if grant.index else "")
        for grant in access.table
    )


def _elsewhere(access: Access) -> str:
    return "; ".join(
        [
            *(f"{_verbs(item.actions)} `{item.prefix}`" for item in access.objects),
            *(f"{VERBS[at.LIST_VERSIONS]} `{prefix}`" for prefix in access.listed),
            *(
                f"{_verbs(messages.actions)} {', '.join(f'`{name}`' for name in messages.queues)}"
                for messages in access.queues
            ),
            *(SECRETS[name] for name in access.secrets),
            *(f"`{action}`" for action in access.user_pool),
            *(["send mail"] if access.sends_mail else []),
        ]
    )


def _verbs(actions: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(VERBS[action] for action in actions))

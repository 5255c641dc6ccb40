"""What the people of a life of accounts intend to do, drawn from its seed before it begins."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

SHORT_SECONDS = (0.0, 3.0)
USUAL_SECONDS = (2.0, 60.0)
FIRST_SECONDS = (0.0, 0.5)
SOON_SECONDS = (30.0, 200.0)
"""Until an account exists, and its address is verified."""
LONG_SECONDS = (700.0, 4000.0)

FORMS = {
    "ada@example.test": ("ada@example.test", "Ada@Example.TEST", "ADA@example.test"),
    "josé@bücher.test": (
        "josé@bücher.test",
        "JOSE\u0301@bu\u0308cher.test",
        "José@xn--bcher-kva.test",
    ),
    "ada.new@example.test": ("ada.new@example.test", "Ada.New@Example.test"),
    "bob@example.test": ("bob@example.test", "BOB@example.test"),
    "eve@example.test": ("eve@example.test",),
}
"""The forms in which people type the address of each mailbox."""

ADDRESSES = ("ada@example.test", "josé@bücher.test")
OTHER_ADDRESS = "ada.new@example.test"

READERS = {
    "ada@example.test": "ada",
    "josé@bücher.test": "ada",
    "ada.new@example.test": "ada",
    "bob@example.test": "bob",
    "eve@example.test": "eve",
}
"""Who reads the mail of each mailbox."""


class Act(StrEnum):
    """What a step does."""

    REGISTER = "register"
    VERIFY = "follow the link that verifies the address"
    LOG_IN = "log in"
    LOOK = "look at the profile"
    RENAME = "change the name"
    REFRESH = "refresh"
    RESET = "reset the password"
    CHANGE_PASSWORD = "change the password"
    REMOVE_PASSWORD = "remove the password"
    CHANGE_ADDRESS = "change the address"
    FACTOR_ON = "turn the second factor on"
    FACTOR_OFF = "turn the second factor off"
    ADD_PASSKEY = "add a passkey"
    LOG_IN_BY_PASSKEY = "log in by a passkey"
    PROVE_BY_PASSKEY = "prove presence by a passkey"
    RENAME_PASSKEY = "rename a passkey"
    REMOVE_PASSKEY = "remove a passkey"
    REMOVE_PASSKEYS = "have the operator remove all passkeys"
    CREATE_KEY = "create an API key"
    USE_KEY = "use an API key"
    REVOKE_KEY = "revoke an API key"
    END_OTHERS = "end all other sessions"
    END_ONE = "end the session of the other device"
    LOG_OUT = "log out"
    BUY = "buy an analysis"
    EXPORT = "have the account exported"
    DELETE = "delete the account"
    DISABLE = "have the operator disable the account, and enable it again"
    END_ALL = "have the operator end all sessions"
    TRESPASS = "ask for what belongs to others"
    STEAL = "steal what the other one has"
    MISUSE = "use what was stolen"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a person on a device, `pause` seconds after the one before.

    `address` is the mailbox whose account is meant, `form` the number of its form.
    """

    number: int
    act: Act
    address: str
    form: int
    device: int
    pause: float


@dataclass(frozen=True, kw_only=True)
class Tab:
    """What a person does on one device."""

    person: str
    steps: tuple[Step, ...]


OWN_ACTS = (
    *[Act.LOOK] * 3,
    *[Act.REFRESH] * 4,
    *[Act.RESET] * 2,
    *[Act.LOG_IN] * 2,
    *[Act.CHANGE_PASSWORD] * 2,
    Act.CHANGE_ADDRESS,
    Act.FACTOR_ON,
    Act.FACTOR_OFF,
    *[Act.CREATE_KEY] * 2,
    Act.USE_KEY,
    Act.REVOKE_KEY,
    *[Act.END_OTHERS] * 2,
    Act.END_ONE,
    Act.LOG_OUT,
    Act.DISABLE,
    Act.END_ALL,
)
"""By how often the owner of an account does each."""


ACTS_WITH_PASSKEYS = (
    *[Act.LOG_IN_BY_PASSKEY] * 4,
    *[Act.ADD_PASSKEY] * 2,
    Act.PROVE_BY_PASSKEY,
    Act.RENAME_PASSKEY,
    *[Act.REMOVE_PASSKEY] * 2,
    Act.REMOVE_PASSKEYS,
    *[Act.EXPORT] * 2,
    Act.RENAME,
    Act.CREATE_KEY,
    Act.LOOK,
)
"""By how often an owner with passkeys does each."""


ACTS_WITHOUT_PASSWORD = (
    *[Act.REMOVE_PASSWORD] * 3,
    *[Act.REMOVE_PASSKEY] * 3,
    *[Act.LOG_IN_BY_PASSKEY] * 2,
    Act.ADD_PASSKEY,
    Act.REMOVE_PASSKEYS,
    Act.RESET,
    Act.CHANGE_PASSWORD,
    Act.CHANGE_ADDRESS,
    Act.LOOK,
)
"""By how often an owner does each who wants no password."""


def draw(seed: int) -> list[Tab]:
    """The plan of a life: the owner in up to three tabs, neighbours and a thief."""
    random = Random(f"{seed} accounts")
    builder = _Builder(random, random.choice(ADDRESSES))
    tabs = [Tab(person="ada", steps=builder.owner())]
    if random.random() < 0.4:
        tabs.append(Tab(person="ada", steps=builder.second_device()))
    if random.random() < 0.35:
        tabs.append(Tab(person="bob", steps=builder.rival()))
    if random.random() < 0.6:
        tabs.append(Tab(person="eve", steps=builder.thief()))
    if random.random() < 0.6:
        tabs.append(Tab(person="ada", steps=builder.with_passkeys()))
    if random.random() < 0.2:
        tabs.append(Tab(person="bob", steps=builder.trespasser()))
    rare = Random(f"{seed} without a password")  # the other tabs of a seed stay what they are
    if rare.random() < 0.25:
        builder = _Builder(rare, builder.address, builder.number)
        tabs.append(Tab(person="ada", steps=builder.without_password()))
        if rare.random() < 0.5:
            tabs.append(Tab(person="ada", steps=builder.without_password()))
    if random.random() < 0.3:
        tabs.append(Tab(person="eve", steps=builder.first_comer()))
    return tabs


def without(tabs: list[Tab], numbers: Collection[int]) -> list[Tab]:
    """The plan without the steps of these numbers."""
    return [
        replace(tab, steps=tuple(step for step in tab.steps if step.number not in numbers))
        for tab in tabs
    ]


class _Builder:
    def __init__(self, random: Random, address: str, number: int = 0) -> None:
        self._random, self.address, self.number = random, address, number
        self._steps: list[Step] = []

    def owner(self) -> tuple[Step, ...]:
        """From the registration to the end of the account, and perhaps another one."""
        random, self._steps = self._random, []
        for _ in range(random.choice((1, 1, 1, 2))):
            self._add(Act.REGISTER)
            self._add(Act.VERIFY)
            self._add(Act.LOG_IN)
            if random.random() < 0.2:
                self._add(Act.BUY)
            for _ in range(random.randint(2, 6)):
                self._add(random.choice(OWN_ACTS))
            if random.random() < 0.5:
                self._add(Act.DELETE)
        return tuple(self._steps)

    def second_device(self) -> tuple[Step, ...]:
        """The owner on another device, at the same time."""
        self._steps = []
        self._add(Act.LOG_IN, device=1, limits=LONG_SECONDS if self._random.random() < 0.2 else ())
        for _ in range(self._random.randint(1, 4)):
            self._add(self._random.choice(OWN_ACTS), device=1)
        return tuple(self._steps)

    def with_passkeys(self) -> tuple[Step, ...]:
        """The owner in another tab of one of the devices, at the same time."""
        self._steps, device = [], self._random.randrange(2)
        self._add(Act.ADD_PASSKEY, device=device, limits=SOON_SECONDS)
        for _ in range(self._random.randint(2, 7)):
            self._add(self._random.choice(ACTS_WITH_PASSKEYS), device=device)
        return tuple(self._steps)

    def without_password(self) -> tuple[Step, ...]:
        """The owner in a tab that adds a passkey, and removes the password."""
        self._steps, device = [], self._random.randrange(2)
        self._add(Act.ADD_PASSKEY, device=device, limits=SOON_SECONDS)
        self._add(Act.REMOVE_PASSWORD, device=device)
        for _ in range(self._random.randint(2, 6)):
            self._add(self._random.choice(ACTS_WITHOUT_PASSWORD), device=device)
        return tuple(self._steps)

    def trespasser(self) -> tuple[Step, ...]:
        """Somebody with an account, who knows the ids of what others have."""
        self._steps = []
        for act in (Act.REGISTER, Act.VERIFY, Act.LOG_IN, Act.ADD_PASSKEY):
            self._add(act, address="bob@example.test")
        for _ in range(self._random.randint(1, 3)):
            act = self._random.choice((Act.TRESPASS, Act.LOG_IN_BY_PASSKEY, Act.EXPORT))
            self._add(act, address="bob@example.test", limits=USUAL_SECONDS)
        return tuple(self._steps)

    def rival(self) -> tuple[Step, ...]:
        """Somebody who wants the same address, and does not read its mail."""
        self._steps = []
        if self._random.random() < 0.7:
            self._add(Act.REGISTER)
        else:
            for act in (Act.REGISTER, Act.VERIFY, Act.LOG_IN):
                self._add(act, address="bob@example.test")
            self._add(Act.CHANGE_ADDRESS)
        for _ in range(self._random.randint(1, 3)):
            self._add(self._random.choice((Act.LOG_IN, Act.LOOK, Act.RESET, Act.CREATE_KEY)))
        return tuple(self._steps)

    def first_comer(self) -> tuple[Step, ...]:
        """Somebody who registers the address of the owner first, and wants to stay in."""
        self._steps = []
        self._add(Act.REGISTER, limits=FIRST_SECONDS)
        self._add(Act.LOG_IN)
        lasting = (
            Act.ADD_PASSKEY,
            Act.FACTOR_ON,
            Act.CREATE_KEY,
            Act.CHANGE_ADDRESS,
            *[Act.CHANGE_PASSWORD] * 2,
        )
        for _ in range(self._random.randint(2, 6)):
            self._add(self._random.choice(lasting))
        self._add(Act.LOG_IN_BY_PASSKEY)
        if self._random.random() < 0.3:
            self._add(Act.DELETE)
        return tuple(self._steps)

    def thief(self) -> tuple[Step, ...]:
        """Somebody who gets hold of what the owner has, and uses it as long as possible."""
        self._steps = []
        self._add(Act.STEAL, limits=USUAL_SECONDS)
        for _ in range(self._random.randint(2, 8)):
            act = Act.STEAL if self._random.random() < 0.25 else Act.MISUSE
            self._add(act)
        return tuple(self._steps)

    def _add(
        self, act: Act, *, address: str = "", device: int = 0, limits: tuple[float, ...] = ()
    ) -> None:
        random = self._random
        if not limits:
            limits = random.choice((SHORT_SECONDS, USUAL_SECONDS, USUAL_SECONDS))
            if random.random() < 0.06:
                limits = LONG_SECONDS
        address = address or self.address
        step = Step(
            number=self.number,
            act=act,
            address=address,
            form=random.randrange(len(FORMS[address])),
            device=device,
            pause=random.uniform(limits[0], limits[1]),
        )
        self.number += 1
        self._steps.append(step)

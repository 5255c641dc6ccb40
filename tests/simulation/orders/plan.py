"""What the customers of a life intend to do, drawn from its seed before anything happens.

A plan is a list of tabs, each a list of steps that are done one after the other. A step that has
become impossible is left out when its turn comes, so any step can be taken out of a failing life.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

CARDS = (
    *["pm_card_visa"] * 8,
    *["pm_success_de"] * 2,
    "pm_successDelayed_de",
    "pm_failed_de",
    "pm_card_visa_chargeDeclined",
    "pm_card_threeDSecure2Required",
    "pm_card_threeDSecureRequiredChargeDeclined",
    "pm_card_pendingRefund",
    "pm_card_refundFail",
    "pm_card_createDispute",
    "pm_card_createDisputeInquiry",
)
"""The payment methods of the double, by how often a customer pays with each."""

SHORT_SECONDS = (0.0, 4.0)
USUAL_SECONDS = (2.0, 90.0)
LONG_SECONDS = (600.0, 4000.0)

SAMPLES = 0.1
"""How many of the lives open the sample order."""

DEBITS = 0.12
"""How many of the lives have one order, which is paid by bank debit and read again meanwhile."""

FAILING_DEBITS = 0.4
"""How many of those debits fail; the customer then pays by card."""

COPIES = 0.05
"""How many of the lives have two orders with the same file, of which the first is paid first."""

AT_ONCE = 0.3
"""In how many of those the second order is paid within seconds after the first."""

DEBITED = (1, 5)
"""How many documents such an order has: of five, a customer's last ones wait for the first."""

LISTS = (2, 2, 3, 3, 4, 5, 20)
"""How many documents a customer adds at once."""


class Act(StrEnum):
    """What a step does."""

    CREATE = "create an order"
    SAMPLE = "open the sample order"
    ADD = "add a document"
    ADD_SEVERAL = "add documents by list and upload their files"
    UPLOAD = "upload its file"
    COPY = "upload a copy of the first file of all"
    RENEW = "ask for another form and upload with it"
    DELETE = "delete a document"
    LOOK = "look at the order and its analysis"
    READ_AGAIN = "ask for the analysis again"
    NEWER_READER = "ask for it after the release of a newer reader"
    PAY = "pay"
    CHOOSE_CARD = "choose another payment method"
    CONFIRM = "return from paying"
    RETURN = "get back what was paid"
    CANCEL = "cancel the order"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a tab, `pause` seconds after the one before. `order` and `document` are places.

    `count`: how many documents are added, from that place on.
    """

    number: int
    act: Act
    order: int
    document: int = 0
    count: int = 1
    pause: float = 0.0
    card: str = ""


@dataclass(frozen=True, kw_only=True)
class Tab:
    """What a customer does in one tab of a browser."""

    user: str
    steps: tuple[Step, ...]


def draw(seed: int) -> list[Tab]:
    """The plan of a life: one or two customers, each with one or two orders."""
    debits = Random(f"{seed} debits")
    if debits.random() < DEBITS:
        return [Tab(user="ada", steps=tuple(_Builder(debits).debit(0)))]
    copies = Random(f"{seed} same content")
    if copies.random() < COPIES:
        return [Tab(user="ada", steps=tuple(_Builder(copies).copies(0, 1)))]
    random = Random(f"{seed} plan")
    builder = _Builder(random, lists=Random(f"{seed} lists"))
    tabs, order = [], 0
    for user in ("ada", "bob")[: random.choice((1, 1, 1, 1, 2))]:
        for _ in range(random.choice((1, 1, 1, 1, 1, 1, 1, 2))):
            tabs.append(Tab(user=user, steps=tuple(builder.order(order))))
            order += 1
    if Random(f"{seed} samples").random() < SAMPLES:
        tabs.append(Tab(user="ada", steps=tuple(builder.sample(order))))
    return tabs


def second_tab(random: Random, order: int, documents: int, first_number: int) -> list[Step]:
    """What a customer does in a second tab with the same order."""
    builder = _Builder(random, first_number=first_number)
    acts = random.choices((Act.PAY, Act.CONFIRM, Act.DELETE, Act.CANCEL, Act.UPLOAD, Act.LOOK), k=3)
    for act in acts:
        builder.add(act, order, random.randrange(max(1, documents)))
    return builder.steps


def without(tabs: list[Tab], numbers: Collection[int]) -> list[Tab]:
    """The plan without the steps of these numbers."""
    return [
        replace(tab, steps=tuple(step for step in tab.steps if step.number not in numbers))
        for tab in tabs
    ]


class _Builder:
    def __init__(
        self, random: Random, *, lists: Random | None = None, first_number: int = 0
    ) -> None:
        """`lists` draws which orders get documents by list; None: none."""
        self._random, self._lists, self._number = random, lists, first_number
        self.steps: list[Step] = []

    def add(self, act: Act, order: int, document: int = 0, count: int = 1, card: str = "") -> None:
        random = self._random
        limits = random.choice((SHORT_SECONDS, SHORT_SECONDS, USUAL_SECONDS, USUAL_SECONDS))
        if random.random() < 0.05:
            limits = LONG_SECONDS
        step = Step(
            number=self._number,
            act=act,
            order=order,
            document=document,
            count=count,
            pause=random.uniform(*limits),
            card=card or (random.choice(CARDS) if act is Act.PAY else ""),
        )
        self._number += 1
        self.steps.append(step)

    def order(self, order: int) -> list[Step]:
        """The steps of an order from its creation to its payment, or to less."""
        random, self.steps = self._random, []
        self.add(Act.CREATE, order)
        documents = random.choice((1, 1, 1, 1, 2, 2, 3))
        for document in range(documents):
            self.add(Act.ADD, order, document)
            if random.random() < 0.95:
                self.add(Act.UPLOAD, order, document)
        if random.random() < 0.15:
            self.add(Act.DELETE, order, random.randrange(documents))
        if random.random() < 0.15:
            self.add(Act.RENEW, order, random.randrange(documents))
        if random.random() < 0.25:
            self.add(Act.LOOK, order)
        if self._lists and self._lists.random() < 0.1:
            count = self._lists.choice(LISTS)
            self.add(Act.ADD_SEVERAL, order, documents, count)
            documents += count
        self._payment(order, documents)
        return self.steps

    def sample(self, order: int) -> list[Step]:
        """The steps of the sample order, which some customers treat as their own."""
        random, self.steps = self._random, []
        self.add(Act.SAMPLE, order)
        acts = (Act.SAMPLE, Act.LOOK, Act.PAY, Act.ADD, Act.READ_AGAIN, Act.CANCEL)
        for act in random.sample(acts, k=random.choice((0, 1, 2, 3))):
            self.add(act, order)
        return self.steps

    def debit(self, order: int) -> list[Step]:
        """The steps of an order that is paid while its documents are read again."""
        random, self.steps = self._random, []
        self.add(Act.CREATE, order)
        self.add(Act.ADD_SEVERAL, order, count=random.choice(DEBITED))
        self.add(Act.PAY, order, card="pm_success_de")
        self.add(random.choice((Act.NEWER_READER, Act.NEWER_READER, Act.READ_AGAIN)), order)
        self.add(Act.READ_AGAIN, order)
        for act in random.sample((Act.CONFIRM, Act.LOOK), k=random.choice((0, 1, 2))):
            self.add(act, order)
        if random.random() < FAILING_DEBITS:
            self._let_debit_fail(order)
        return self.steps

    def copies(self, first: int, second: int) -> list[Step]:
        """The steps of two orders with the same file. What is paid for the first may be returned.

        The second one is uploaded before that, in between, or after it, or paid right after the
        first one.
        """
        random, self.steps = self._random, []
        self.add(Act.CREATE, first)
        self.add(Act.ADD, first)
        self.add(Act.UPLOAD, first)
        at_once = random.random() < AT_ONCE
        is_returned, uploaded = not at_once and random.random() < 0.8, random.randrange(3)
        for place in range(4):
            if place == (0 if at_once else uploaded):
                self._copy(second)
            if place == 0:
                self.add(Act.PAY, first, card="pm_card_visa")
                self.add(Act.CONFIRM, first)
            elif place == 1 and is_returned:
                self.add(Act.RETURN, first)
        for act in (Act.LOOK, Act.PAY, Act.CONFIRM, Act.LOOK):
            self.add(act, second, card="pm_card_visa" if act is Act.PAY else "")
        if at_once:
            self.steps[-4:-2] = (replace(step, pause=random.random()) for step in self.steps[-4:-2])
        elif random.random() < 0.5:  # when the table knows what was returned
            self.steps[-4] = replace(self.steps[-4], pause=random.uniform(*LONG_SECONDS))
        return self.steps

    def _copy(self, order: int) -> None:
        self.add(Act.CREATE, order)
        self.add(Act.ADD, order)
        self.add(Act.COPY, order)
        if self._random.random() < 0.8:
            self.add(Act.ADD, order, 1)
            self.add(Act.UPLOAD, order, 1)

    def _let_debit_fail(self, order: int) -> None:
        """The debit fails, and the customer pays by card once the bank has rejected it."""
        self.steps = [
            replace(step, card="pm_failed_de") if step.act is Act.PAY else step
            for step in self.steps
        ]
        self.add(Act.CHOOSE_CARD, order)
        self.add(Act.PAY, order, card="pm_card_visa")
        pause = self._random.uniform(*LONG_SECONDS)
        self.steps[-1] = replace(self.steps[-1], pause=pause)

    def _payment(self, order: int, documents: int) -> None:
        random = self._random
        if random.random() < 0.08:
            self.add(Act.CANCEL, order)
        if random.random() < 0.12:
            return  # never paid
        for _ in range(random.choice((1, 1, 1, 1, 1, 1, 1, 2))):
            self.add(Act.PAY, order)
            if random.random() < 0.15:
                self.add(Act.ADD, order, documents)
                self.add(Act.UPLOAD, order, documents)
            if random.random() < 0.7:
                self.add(Act.CONFIRM, order)
        if random.random() < 0.1:
            self.add(Act.READ_AGAIN, order)
        if random.random() < 0.1:
            self.add(Act.CANCEL, order)
        if random.random() < 0.25:
            self.add(Act.LOOK, order)

"""One life: a seeded world with the real functions, what customers do in it, and its end."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from operations.reconciliation.difference import Kind
from tests.simulation.aws import SimulatedAws
from tests.simulation.clock import SECOND
from tests.simulation.environment import release, settings
from tests.simulation.environment.lives import Lives, lives_of
from tests.simulation.environment.operator_side import OperatorSide
from tests.simulation.environment.pipeline import connect
from tests.simulation.environment.reader import Reader
from tests.simulation.environment.schedule import Schedule
from tests.simulation.environment.stage import Stage
from tests.simulation.environment.stripe_side import Account, StripeSide
from tests.simulation.faults import Fault, Firing
from tests.simulation.functions import Functions
from tests.simulation.orders import ending, plan
from tests.simulation.orders.customers import Customers
from tests.simulation.orders.person import Person
from tests.simulation.orders.watch import Watcher
from tests.simulation.outcome import Outcome

FAULTY_SECONDS = 3 * 3600
"""Faults stop after this time, or earlier when all customers have completed their plans."""

PATIENCE_DAYS = 60
"""By then every debt must be settled; the last deadlines are those of refunds that fail."""

MOST_TICKS = 1000
"""An order expires after some days; until then its documents may wait for a payment."""

DEPLOYED_AFTER_SECONDS = (5.0, 600.0)
OPERATOR_SECONDS = (5.0, 6000.0)


class OrderLives(Lives):
    """Lives of orders."""

    def steps(self, seed: int) -> list[int]:
        return [step.number for tab in plan.draw(seed) for step in tab.steps]

    def _live(self, aws: SimulatedAws, seed: int, without_steps: frozenset[int]) -> Outcome:
        life = Life(aws, self.functions, self.account, self.reader, seed)
        return life.live(without_steps)


def order_lives(**changes: str) -> AbstractContextManager[OrderLives]:
    """A process in which orders live, with these changes of its settings."""
    return lives_of(OrderLives, {**settings.SETTINGS, **changes})


class Life:
    """The parts of a life, put together."""

    def __init__(
        self,
        aws: SimulatedAws,
        functions: Functions,
        account: Account,
        reader: Reader,
        seed: int,
    ) -> None:
        self.aws, self.seed, self._functions, self.reader = aws, seed, functions, reader
        self.stripe = StripeSide(account, aws, functions.handler("payments/webhook"), seed)
        self.stage = Stage(aws, functions, seed)
        self.watcher = Watcher(aws.world, self.stripe, self.stage)
        self.operator = OperatorSide(aws)
        self.person = Person(aws, self.stripe, self.operator, self.watcher, seed)
        self.customers = Customers(
            aws, self.stripe, self.operator, functions, reader, watcher=self.watcher, seed=seed
        )
        self.customers.edge_key = self.stripe.edge_key = self.stage.edge_key
        self.coverage: Counter[tuple[str, Fault]] = Counter()
        self.schedule = Schedule(aws, functions, self.watcher.debts)
        self._has_listed_events = False
        aws.store.watch = self.watcher
        aws.faults.listener = self._fired
        connect(aws, functions)

    def live(self, without_steps: frozenset[int]) -> Outcome:
        """Run the life from the first request to the end of the last debt."""
        world = self.aws.world
        self.customers.suppressed = without_steps
        for tab in plan.without(plan.draw(self.seed), without_steps):
            self.customers.open(tab)
        self._let_stage_change()
        self._let_operator_act()
        limit = self.aws.clock.microseconds + FAULTY_SECONDS * SECOND
        while (
            self.customers.active or self.person.is_at_work
        ) and self.aws.clock.microseconds < limit:
            if self._fails or not self.schedule.step(until=limit):
                break
            self.person.check_alarms()
        self.aws.faults.stop()
        self.watcher.faults_stop()
        world.note("the faults stop")
        late = [] if self._fails else [*self._settle()]
        if not self._fails and not late:
            late = [*self._ended()]
        violations = [*self.watcher.violations, *self.customers.problems, *late]
        return Outcome(
            seed=self.seed,
            violations=violations,
            firings=self.aws.faults.firings,
            coverage=self.coverage,
            steps=len(world.steps),
            story=world.story,
            states=Counter(self.watcher.states()),
        )

    @property
    def _goes_on(self) -> bool:
        """Whether somebody has not done yet what the faults are to meet."""
        active = self.customers.active or self.customers.reversals.active
        return bool(active) or self.person.is_at_work

    @property
    def _fails(self) -> bool:
        """Whether a violation was found, after which the rest of the life is not needed."""
        return bool(self.watcher.violations or self.customers.problems)

    def _ended(self) -> Iterator[str]:
        returned = self.operator.returned_outside
        return ending.violations(self.aws, self.stripe, self.watcher, self.customers, returned)

    def _settle(self) -> Iterator[str]:
        """Run until nothing is owed. Records what is owed for too long."""
        limit = self.aws.clock.microseconds + PATIENCE_DAYS * 86_400 * SECOND
        self.schedule.slow_down()
        self._let_disputes_end()
        while not self._fails and (
            self.schedule.step(until=limit) or self._redrive() or self._list_events_once()
        ):
            self.person.check_alarms()
            if self.schedule.ticks > MOST_TICKS:
                yield f"still owed after {MOST_TICKS} ticks: {self.watcher.debts.owing()}"
                return
        if self._fails:
            return
        for name, dead in self.operator.dead_letters():
            yield f"{dead} messages of {name} fail without faults"
        if self.watcher.debts.earliest():
            yield f"owed for longer than any deadline: {self.watcher.debts.owing()}"
            return
        yield from self._differences()

    def _redrive(self) -> bool:
        """Let the operator redrive dead letters, once readers read again."""
        if self.operator.dead_letters():
            self.aws.clock.move_to(round(self.reader.hangs_until * SECOND))
        return self.operator.redrive_dead_letters()

    def _differences(self) -> Iterator[str]:
        """What `reconcile` prints, without what is no fault of the service.

        S3 loses no message, so a lost one leaves its upload. An intent that nobody was shown,
        because its function crashed, cannot be paid, and stays open at Stripe.
        """
        lost, shown_intents = self.aws.bucket.unannounced, self.customers.intents
        for difference in self.operator.differences():
            kind, _, subject, *detail = difference.split()
            is_unused = kind == Kind.UPLOAD_WITHOUT_USE and detail[-1] in lost
            is_unknown = kind == Kind.PAYMENT_NOT_RECORDED and subject not in shown_intents
            if not is_unused and not is_unknown:
                yield f"reconcile: {difference}"

    def _let_stage_change(self) -> None:
        """Deployments, other settings, and other keys in the middle of the life."""
        for fault, change in (
            (Fault.DEPLOYMENT, self._deploy),
            (Fault.SETTINGS_CHANGED, self.stage.change_settings),
            (Fault.EDGE_KEY_ROTATED, self.stage.rotate_edge_key),
            (Fault.API_KEY_ROLLED, self.stripe.roll_api_key),
        ):
            if self._fires(fault, "release"):
                self.aws.world.after(self.aws.random.uniform(*DEPLOYED_AFTER_SECONDS), change)

    def _let_operator_act(self) -> None:
        """Commands in the middle of the life. What only looks must not change anything."""
        after, random = self.aws.world.after, self.aws.random
        if self._fires(Fault.OPERATOR_REDRIVE, "operator"):
            after(random.uniform(*OPERATOR_SECONDS), lambda: self.operator.begin("redrive"))
        if self._fires(Fault.OPERATOR_LOOKS, "operator"):
            after(random.uniform(*OPERATOR_SECONDS), self._run_operator)

    def _run_operator(self) -> None:
        commands = [("orders", "--owing"), ("reconcile",)]
        commands += [("show", order_id) for order_id in self.watcher.orders]
        self.operator.begin(*self.aws.random.choice(commands))

    def _let_disputes_end(self) -> None:
        """Banks decide what is open, and what is opened from now on."""
        for intent in self.stripe.intents():
            for dispute in self.stripe.disputes(intent["id"]):
                self._decide_later(dispute)
        self.stripe.disputed = self._decide_later

    def _decide_later(self, dispute: Any) -> None:
        """The bank decides. That of an inquiry would take four months."""
        statuses = ("warning_closed",) if "warning" in dispute["status"] else ("won", "lost")
        decision = {"status": self.aws.random.choice(statuses)}
        act = partial(self.stripe.act, f"/disputes/{dispute['id']}/decide", decision)
        self.aws.world.after(self.aws.random.uniform(600, 90_000), act)

    def _list_events_once(self) -> bool:
        """Let the schedule fire though nothing is due: it lists the events of lost webhooks."""
        if self._has_listed_events:
            return False
        self._has_listed_events = True
        self.schedule.fire_later()
        return True

    def _deploy(self) -> None:
        """Deploy a release while functions run, on the messages and items of the previous one."""
        self._functions.replace()
        release.as_sent_before(self.aws.queues)
        release.as_stored_before(self.aws.store)
        self.aws.world.note("a release is deployed")

    def _fires(self, fault: Fault, place: str) -> bool:
        return self.aws.faults.fires(fault, place)

    def _fired(self, firing: Firing) -> None:
        for state in self.watcher.states() or ("none",):
            self.coverage[state, firing.fault] += 1

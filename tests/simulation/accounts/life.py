"""A life of accounts: people who register, sign in, forget, and leave, and a thief."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random

from tests.simulation.accounts import ending, plan, settings
from tests.simulation.accounts.exports import Exports
from tests.simulation.accounts.mailboxes import Mailboxes
from tests.simulation.accounts.process import STRONG, WEAK, hash_by, simulated_accounts
from tests.simulation.accounts.purchases import Purchases, unrecorded
from tests.simulation.accounts.thief import Everybody
from tests.simulation.accounts.watch import Watcher
from tests.simulation.aws import SimulatedAws
from tests.simulation.clock import SECOND
from tests.simulation.environment.lives import Lives, lives_of
from tests.simulation.environment.operator_side import OperatorSide
from tests.simulation.environment.pipeline import connect
from tests.simulation.environment.schedule import Schedule
from tests.simulation.environment.stripe_side import StripeSide
from tests.simulation.faults import Fault, Faults, Firing
from tests.simulation.outcome import Outcome

FAULTY_SECONDS = 4 * 3600
PATIENCE_DAYS = 60
MOST_TICKS = 1000
RELEASED_AFTER_SECONDS = (5.0, 2000.0)
UNVERIFIED_LIVES = 0.25
"""How many lives are in a stage that verifies no address by mail."""

AT_ONCE = {
    Fault.THIEF_AT_ONCE: 1.0,
    Fault.UNREACHABLE: 0.08,
    Fault.THROTTLED: 0.08,
    Fault.DOUBLE_CLICK: 0.1,
    Fault.REPLY_LOST: 0.03,
}
"""A thief acts during each change of the owner, while calls are repeated."""


def at_once(random: Random, suppressed: Collection[int]) -> Faults:
    """The faults of a life in which a thief acts during each change of the owner."""
    return Faults(random, AT_ONCE, suppressed)


class AccountLives(Lives):
    """Lives of accounts."""

    def steps(self, seed: int) -> list[int]:
        return [step.number for tab in plan.draw(seed) for step in tab.steps]

    def _live(self, aws: SimulatedAws, seed: int, without_steps: frozenset[int]) -> Outcome:
        hash_by(WEAK)
        return _Life(aws, self, seed).live(without_steps)


@contextmanager
def account_lives() -> Iterator[AccountLives]:
    """A process in which accounts live."""
    with (
        lives_of(AccountLives, settings.SETTINGS) as lives,
        simulated_accounts(lives.process),
    ):
        yield lives


class _Life:
    """The parts of a life, put together."""

    def __init__(self, aws: SimulatedAws, lives: AccountLives, seed: int) -> None:
        self.aws, self.seed, self._functions = aws, seed, lives.functions
        for name, fields in settings.SECRETS.items():
            aws.secrets.put(name, **fields)
        webhook = lives.functions.handler("payments/webhook")
        self.stripe = StripeSide(lives.account, aws, webhook, seed)
        verifies = Random(f"{seed} stage").random() >= UNVERIFIED_LIVES
        if not verifies:
            aws.life.settings = settings.UNVERIFIED
        aws.world.max_skew_seconds = settings.MAX_SKEW_SECONDS
        self.mailboxes = Mailboxes(aws)
        self.watcher = Watcher(aws.world, self.mailboxes, verifies=verifies)
        self.operator = OperatorSide(aws, settings.SETTINGS)
        self.people = Everybody(
            aws,
            lives.functions,
            self.watcher,
            mailboxes=self.mailboxes,
            operator=self.operator,
            seed=seed,
        )
        self.people.export = Exports(aws, self.people).export
        self.people.buy = Purchases(aws, self.people, self.stripe, seed).buy
        self.schedule = Schedule(aws, lives.functions, self.watcher.debts)
        self.coverage: Counter[tuple[str, Fault]] = Counter()
        aws.store.watch = self.watcher
        aws.faults.listener = self._fired
        connect(aws, lives.functions)

    def live(self, without_steps: frozenset[int]) -> Outcome:
        """Run the life from the first request to the end of the last debt."""
        world = self.aws.world
        for tab in plan.without(plan.draw(self.seed), without_steps):
            self.people.open(tab)
        self._let_releases_come()
        self._run(self.aws.clock.microseconds + FAULTY_SECONDS * SECOND)
        self.aws.faults.stop()
        world.note("the faults stop")
        late = [*self._settle()]
        if not late and not self._violations:
            self.people.do(ending.finale(self.people, self.watcher))
            late = [*self._settle()]
        if not late and not self._violations:
            late = [
                *ending.remains(self.aws, self.watcher),
                *unrecorded(self.aws, self.stripe),
            ]
        return Outcome(
            seed=self.seed,
            violations=[*self._violations, *late],
            firings=self.aws.faults.firings,
            coverage=self.coverage,
            steps=len(world.steps),
            story=world.story,
            states=Counter(self.watcher.states()),
        )

    @property
    def _violations(self) -> list[str]:
        return [*self.watcher.violations, *self.people.problems, *self.mailboxes.problems]

    def _run(self, limit: int) -> None:
        """Run until all people have done what they intend."""
        while self.people.active and self.aws.clock.microseconds < limit:
            if self._violations or not self.schedule.step(until=limit):
                break

    def _settle(self) -> Iterator[str]:
        """Run until nothing is owed. Records what is owed for too long."""
        limit = self.aws.clock.microseconds + PATIENCE_DAYS * 86_400 * SECOND
        self.schedule.slow_down()
        while not self._violations and (
            self.schedule.step(until=limit) or self.operator.redrive_dead_letters()
        ):
            if self.schedule.ticks > MOST_TICKS:
                yield f"still owed after {MOST_TICKS} ticks: {self.watcher.debts.owing()}"
                return
        if self._violations:
            return
        for name, dead in self.operator.dead_letters():
            yield f"{dead} messages of {name} fail without faults"
        if self.watcher.debts.earliest():
            yield f"owed for longer than any deadline: {self.watcher.debts.owing()}"

    def _let_releases_come(self) -> None:
        """Deployments in the middle of the life, also one that hashes passwords better."""
        for fault, change in (
            (Fault.DEPLOYMENT, self._functions.replace),
            (Fault.HASHES_STRONGER, partial(hash_by, STRONG)),
        ):
            if self.aws.faults.fires(fault, "release"):
                after = self.aws.random.uniform(*RELEASED_AFTER_SECONDS)
                self.aws.world.after(after, change)

    def _fired(self, firing: Firing) -> None:
        for state in self.watcher.states() or ("no account",):
            self.coverage[state, firing.fault] += 1

"""The stage of a life: its settings, and the deployments that change them."""

from datetime import timedelta
from random import Random

from tests.make_calls import EDGE_KEY
from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.scanner import Scanner
from tests.simulation.environment.settings import SETTINGS
from tests.simulation.functions import Functions

SCAN = "DOCKET_MALWARE_SCAN"
ON, OFF = {SCAN: "true"}, {SCAN: "false"}
SCANNING_LIVES = 0.4
SOON_MINUTES, SOON_LIVES = "2", 0.5
"""A deadline that passes while one document is read again, and how many of the lives have it."""

COMPLETION_MINUTES, DISPUTE_CLOSES = "DOCKET_COMPLETION_MINUTES", "DOCKET_DISPUTE_CLOSES"

NEXT_EDGE_KEY = "edge-key-2"
DISTRIBUTING_SECONDS = (60.0, 600.0)
"""How long a deployment of the distribution takes."""

CHANGES = (
    {"DOCKET_PRICE_BASE": "300", "DOCKET_PRICE_PER_PAGE": "40"},
    {"DOCKET_PRICE_BASE": "0", "DOCKET_PRICE_PER_PAGE": "75"},
    {"DOCKET_PRICE_CURRENCY": "usd"},
    {COMPLETION_MINUTES: "15"},
    {"DOCKET_ORDER_EXPIRY_DAYS": "1"},
    {"DOCKET_UNPAID_ORDERS": "1", "DOCKET_UNPAID_PAGES": "10"},
    {"DOCKET_READER_SLOTS": "1"},
    {"DOCKET_READER_SLOTS": "9"},
    {"DOCKET_READER_PAGES_AT_ONCE": "2"},
    {"DOCKET_READER_PAGES_AT_ONCE": "20"},
    {DISPUTE_CLOSES: "true"},
)
"""What a deployment in the middle of a life may change. It may also begin or end the scan."""


class Stage:
    """The settings of a life. `always_scans`: whether every file must be scanned."""

    def __init__(self, aws: SimulatedAws, functions: Functions, seed: int) -> None:
        self._aws, self._functions = aws, functions
        self._random = Random(f"{seed} stage")
        self.scanner = Scanner(aws)
        self.always_scans = self._random.random() < SCANNING_LIVES
        is_soon = Random(f"{seed} promise").random() < SOON_LIVES
        deadline = {COMPLETION_MINUTES: SOON_MINUTES} if is_soon else {}
        aws.life.settings = deadline | (ON if self.always_scans else OFF)
        self._sent_keys = [EDGE_KEY]
        self._had: dict[str, set[str]] = {COMPLETION_MINUTES: set(), DISPUTE_CLOSES: set()}
        self._follow_settings()
        if self.always_scans:
            self.scanner.start()

    @property
    def guarantees(self) -> set[timedelta]:
        """The times within which the stage has promised to complete or refund so far."""
        return {timedelta(minutes=int(minutes)) for minutes in self._had[COMPLETION_MINUTES]}

    @property
    def closed_while_disputed(self) -> set[bool]:
        """Whether an open dispute closes the order, by the settings so far."""
        return {closes == "true" for closes in self._had[DISPUTE_CLOSES]}

    def _follow_settings(self) -> None:
        for name, values in self._had.items():
            values.add(self._aws.life.settings.get(name, SETTINGS[name]))

    def edge_key(self) -> str:
        """The key that one of the distribution's locations adds to a request."""
        return self._random.choice(self._sent_keys)

    def change_settings(self) -> None:
        """Deploy other settings: prices, limits, deadlines, or the malware scan."""
        change = self._random.choice((*CHANGES, ON, OFF))
        if SCAN in change:
            self._change_scan(change)
        else:
            self._deploy(change)

    def rotate_edge_key(self) -> None:
        """Replace the edge key by two deployments, as docs/operations.md describes."""
        self._deploy({"DOCKET_EDGE_KEYS": f"{NEXT_EDGE_KEY} {EDGE_KEY}"})
        after, uniform = self._aws.world.after, self._random.uniform

        def begin() -> None:
            self._sent_keys = [EDGE_KEY, NEXT_EDGE_KEY]
            after(uniform(*DISTRIBUTING_SECONDS), finish)

        def finish() -> None:
            self._sent_keys = [NEXT_EDGE_KEY]
            after(uniform(*DISTRIBUTING_SECONDS), remove)

        def remove() -> None:
            self._deploy({"DOCKET_EDGE_KEYS": NEXT_EDGE_KEY})

        after(uniform(*DISTRIBUTING_SECONDS), begin)

    def _change_scan(self, change: dict[str, str]) -> None:
        """The scan begins before documents wait for it, and ends after they do."""
        self.always_scans = False
        if change == ON:
            self.scanner.start()
        self._deploy(change)
        if change == OFF:
            self.scanner.stop()

    def _deploy(self, change: dict[str, str]) -> None:
        self._functions.replace()
        self._aws.life.settings = {**self._aws.life.settings, **change}
        self._follow_settings()
        self._aws.world.note(f"a release is deployed with {', '.join(change)}")

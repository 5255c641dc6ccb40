"""The share of correct facts of contracts of our own making, whose words are held out.

No rule or model is made with these words, but their author is that of the rules: the figures say
how well the reader does beyond the words it knows, and less about contracts of strangers.
"""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from analysis.model import Fact
from bench.reader.reliability import Outcome
from training.generated import contracts, drawing
from training.printed import letters_and_digits

_SIMILAR = 0.9
"""The similarity from which a name is right."""
_LONGER_LAW = 30
"""Letters that a law may have beyond the wanted one, such as `the laws of`."""
_MEASURED = 150
"""Contracts that are made, with as many seeds."""


def measure(seeds: Iterable[int], *, held_out: bool) -> Iterator[tuple[str, bool]]:
    """The name and the correctness of each fact; `party found` is the precision of parties."""
    for seed in seeds:
        contract = contracts.make(seed, held_out=held_out)
        facts = drawing.extracted(drawing.read_pages(contract.data)).facts
        for name, wanted in contract.truth.items():
            found = [fact for fact in facts if fact.name == name]
            considered = found if name == "party" else found[:1]
            for value in wanted:
                yield name, any(is_right(fact, value) for fact in considered)
        for fact in facts:
            if fact.name == "party":
                yield "party found", any(is_right(fact, name) for name in contract.truth["party"])


def outcomes() -> Iterator[Outcome]:
    """The facts that are found, the first of each name and every party."""
    for seed in range(_MEASURED):
        contract = contracts.make(seed, held_out=True)
        named: set[str] = set()
        for fact in drawing.extracted(drawing.read_pages(contract.data)).facts:
            if fact.name in contract.truth and (fact.name == "party" or fact.name not in named):
                named.add(fact.name)
                right = any(is_right(fact, value) for value in contract.truth[fact.name])
                yield Outcome(fact.name, fact.confidence, right, is_unseen=True, is_generated=True)


def is_right(fact: Fact, wanted: str) -> bool:
    """Whether a fact is the wanted one: dates by value, periods exactly, names by similarity."""
    got, want = letters_and_digits(fact.value), letters_and_digits(wanted)
    match fact.name:
        case "effective_date":
            return fact.normalised == wanted
        case "governing_law":
            return want in got and len(got) <= len(want) + _LONGER_LAW
        case "term" | "notice_period":
            return got == want
    return SequenceMatcher(None, got, want, autojunk=False).ratio() >= _SIMILAR


def held_out() -> dict[str, Any]:
    """The share of correct facts by name, of contracts with words that are held out."""
    outcomes: dict[str, list[bool]] = {}
    for name, right in measure(range(_MEASURED), held_out=True):
        outcomes.setdefault(name, []).append(right)
    return {
        "contracts": _MEASURED,
        **{name: round(sum(found) / len(found), 3) for name, found in sorted(outcomes.items())},
    }

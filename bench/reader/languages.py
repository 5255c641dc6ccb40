"""The share of correct facts of made invoices, by place and by half of the corpus.

    python -m bench.reader.languages [PLACE…] [-v]

The invoices are of our own making (`training/generated/worldwide/`): the tuned half has the words
and layouts that rules are made with, the held-out half other layouts and mostly other words. The
blind ones (`training/generated/blind/`) are by an author who did not know the rules: one layout of
each place may be looked at, two are unseen.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from analysis import Fact
from analysis.model.money import money
from bench.options import VERBOSE
from bench.reader.unseen import unseen
from training.generated import drawing
from training.generated.blind import invoices as blind
from training.generated.worldwide import invoices

_EACH = 20
"""Invoices of each place and half."""
_BLIND_EACH = 4
"""Invoices of each layout of the blind author."""
_SIMILAR = 0.9
"""The similarity from which a name is right."""
_HALVES = {"tuned": False, "held_out": True}
_BLIND = {"blind_seen": False, "blind_unseen": True}

type Hit = tuple[str, str, bool]
"""A place, the name of a fact, and whether it is right."""


def plain(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(filter(str.isalnum, text)).casefold()


def is_right(fact: Fact, wanted: str) -> bool:
    """Amounts and dates by value, names by similarity, the rest exactly but for separators."""
    if isinstance(fact.normalised, dict):
        expected = money(Decimal(wanted), fact.normalised["currency"])
        return bool(fact.normalised["minor"] == expected["minor"])
    got, want = plain(str(fact.normalised)), plain(wanted)
    if fact.name in {"seller", "buyer"}:
        return SequenceMatcher(None, got, want, autojunk=False).ratio() >= _SIMILAR
    return got == want


def measure(places: Iterable[str], numbers: Iterable[int], *, held_out: bool) -> Iterator[Hit]:
    """The hits of the facts of made invoices; those of the tuned half are printed with `-v`."""
    numbers = list(numbers)
    for place in places:
        for number in numbers:
            invoice = invoices.make(place, number, held_out=held_out)
            language = invoices.places()[place]["language"]
            yield from _hits(place, invoice, language, verbose=not held_out)


def measure_blind(places: Iterable[str], *, is_unseen: bool) -> Iterator[Hit]:
    """The same of the blind author's invoices, of unseen layouts or of the others."""
    for place in places:
        for layout in blind.LAYOUTS:
            if (f"blind/{place}-{layout}" in unseen()) is is_unseen:
                for number in range(_BLIND_EACH):
                    invoice = blind.make(place, layout, number)
                    language = blind.language(place)
                    yield from _hits(place, invoice, language, verbose=not is_unseen)


def _hits(
    place: str, invoice: invoices.Invoice | blind.Invoice, language: str, *, verbose: bool
) -> Iterator[Hit]:
    result = drawing.extracted(drawing.read_pages(invoice.data))
    yield place, "kind", result.kind == "invoice"
    yield place, "language", result.language == language
    for name, wanted in invoice.truth.items():
        fact = next((fact for fact in result.facts if fact.name == name), None)
        right = fact is not None and is_right(fact, wanted)
        if VERBOSE and verbose and not right:
            print(f"{invoice.name} {name}: {wanted!r} not {fact and fact.value!r}")
        yield place, name, right


def shares(hits: Iterable[Hit]) -> dict[str, Any]:
    """The share of right facts in all, by place, and by name. The kind is no fact."""
    by_place: dict[str, list[bool]] = {}
    by_name: dict[str, list[bool]] = {}
    for place, name, right in hits:
        by_name.setdefault(name, []).append(right)
        if name not in {"kind", "language"}:
            by_place.setdefault(place, []).append(right)
    everything = [right for found in by_place.values() for right in found]
    return {
        "all": _share(everything),
        "places": {place: _share(found) for place, found in by_place.items()},
        "names": {name: _share(found) for name, found in by_name.items()},
    }


def _share(hits: list[bool]) -> float:
    return round(sum(hits) / len(hits), 3)


def made_invoices(places: Iterable[str] = ()) -> dict[str, Any]:
    """The shares of each half and of both blind parts, by place and by name."""
    wanted = list(places) or list(invoices.places())
    halves = {
        half: shares(measure(wanted, range(_EACH), held_out=held_out))
        for half, held_out in _HALVES.items()
    }
    return halves | {
        part: shares(measure_blind(wanted, is_unseen=is_unseen))
        for part, is_unseen in _BLIND.items()
    }


def main() -> None:
    """Print a table, then one line of JSON."""
    result = made_invoices(name for name in sys.argv[1:] if name in invoices.places())
    heads = [head.replace("_", " ") for head in result]
    for part in ("places", "names"):
        print(f"| {part:16} |" + "".join(f" {head:>12} |" for head in heads))
        print(f"|{'-' * 18}|" + f"{'-' * 13}:|" * len(heads))
        for name in result["tuned"][part]:
            shares_of_name = [figures[part].get(name, "") for figures in result.values()]
            print(f"| {name:16} |" + "".join(f" {share:>12} |" for share in shares_of_name))
    print(json.dumps(result))


if __name__ == "__main__":
    main()

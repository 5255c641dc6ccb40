"""Which faults happened in which states of an order, over many lives."""

from collections import Counter

from tests.simulation.faults import Fault

type Coverage = Counter[tuple[str, Fault]]


def table(coverage: Coverage) -> str:
    """A line for each state, most frequent first, and a column for each fault."""
    states = Counter[str]()
    for (state, _), count in coverage.items():
        states[state] += count
    letters = dict(zip(Fault, _letters(len(Fault)), strict=True))
    lines = [f"  {letter} {fault}" for fault, letter in letters.items()]
    lines.append(f"  {'':36}{''.join(f'{letter:>4}' for letter in letters.values())}")
    for state, _ in states.most_common():
        cells = "".join(f"{_short(coverage[state, fault]):>4}" for fault in Fault)
        lines.append(f"  {state:36}{cells}")
    met = sum(1 for state in states for fault in Fault if coverage[state, fault])
    lines.append(f"  {met} of {len(states) * len(Fault)} pairs of state and fault were met")
    return "\n".join(lines)


def _short(count: int) -> str:
    if count < 1000:
        return str(count) if count else "."
    return f"{count // 1000}k" if count < 1_000_000 else f"{count // 1_000_000}M"


def _letters(count: int) -> list[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [
        alphabet[n] if n < 26 else f"{alphabet[n // 26 - 1]}{alphabet[n % 26]}"
        for n in range(count)
    ]

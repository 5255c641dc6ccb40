"""Train the model for the lines of a receipt that name its merchant and its address.

Makes `models/receipt_lines.json`:

    DOCKET_CORPORA=… PYTHONPATH=layers/analysis/python python -m training.lines [--measure]

A linear-chain conditional random field, trained by stochastic gradients (AdaGrad), standard library
only. `--measure` prints the accuracy for unknown merchants, and writes nothing.
"""

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import product
from math import sqrt
from pathlib import Path

from analysis import models
from analysis.extract.receipt import address_of, legal_name, lines, merchant_of
from analysis.extract.receipt.lines import ADDRESS, LABELS, MERCHANT, OTHER
from analysis.layout.lines import TextSpan
from analysis.models import crf
from training import receipts
from training.receipts import Receipt

_HERE = Path(models.__file__).parent / "receipt_lines.json"
_EPOCHS = 30
_RATE = 0.25
_DECAY = 0.002
_MERCHANTS_AT_LEAST = 3
SIMILAR = 0.9
_TOO_DIFFERENT = 0.55
_SEED = 5
_SETTLED = 0.001
_SLIGHT = 0.02

type Example = tuple[list[list[str]], list[int]]


def plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def similarity(first: str, second: str) -> float:
    return SequenceMatcher(None, plain(first), plain(second), autojunk=False).ratio()


def labels(spans: list[TextSpan], truth: dict[str, str]) -> list[int]:
    """The segments of lines that are most similar to the given merchant and address."""
    found = [LABELS.index(OTHER)] * len(spans)
    for label, stated, longest in ((ADDRESS, "address", 9), (MERCHANT, "company", 3)):
        wanted = truth.get(stated, "")
        best, where = _TOO_DIFFERENT, None
        for start in range(len(spans)):
            text = ""
            for end in range(start, min(len(spans), start + longest)):
                text += f" {spans[end].text}"
                likeness = similarity(merchant_of(text) if label == MERCHANT else text, wanted)
                if likeness > best:
                    best, where = likeness, (start, end + 1)
        for at in range(*where) if where else ():
            found[at] = LABELS.index(label)
    return found


def train(examples: list[Example]) -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = {label: defaultdict(float) for label in LABELS}
    weights |= {f"{a}>{b}": defaultdict(float) for a in LABELS for b in LABELS}
    steps: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)

    def move(label: str, feature: str, gradient: float) -> None:
        gradient -= _DECAY * weights[label][feature]
        steps[label, feature] += gradient * gradient
        weights[label][feature] += _RATE * gradient / sqrt(steps[label, feature])

    order = random.Random(_SEED)  # noqa: S311 - not a secret
    for _ in range(_EPOCHS):
        order.shuffle(examples)
        for sequence, right in examples:
            emissions = crf.emission_scores(weights, LABELS, sequence)
            transitions = crf.transition_scores(weights, LABELS)
            chances = crf.marginals(emissions, transitions)
            for label, feature, off in errors(
                sequence, right, chances, crf.edge_marginals(emissions, transitions)
            ):
                move(label, feature, off)
    return weights


def errors(
    sequence: list[list[str]],
    right: list[int],
    chances: list[list[float]],
    pairs: list[list[list[float]]],
) -> Iterator[tuple[str, str, float]]:
    """The gradient: the differences between the model's marginals and the labels."""
    for place, features in enumerate(sequence):
        for index, label in enumerate(LABELS):
            off = (right[place] == index) - chances[place][index]
            if abs(off) > _SETTLED:
                for feature in features:
                    yield label, feature, off
    for place, pair in enumerate(pairs):
        for a, b in product(range(len(LABELS)), repeat=2):
            off = ((right[place], right[place + 1]) == (a, b)) - pair[a][b]
            if abs(off) > _SETTLED:
                yield f"{LABELS[a]}>{LABELS[b]}", "", off


def examples_of(known: list[Receipt], vocabulary: set[str]) -> list[Example]:
    made = []
    for receipt in known:
        spans = lines.sequence(receipt.rows)
        made.append(
            (without_rare_words(lines.features(spans), vocabulary), labels(spans, receipt.truth))
        )
    return made


def without_rare_words(sequence: list[list[str]], vocabulary: set[str]) -> list[list[str]]:
    """Remove words that too few merchants print, to prevent overfitting."""
    return [[f for f in line if not f.startswith("word ") or f in vocabulary] for line in sequence]


def shared_words(known: list[Receipt]) -> set[str]:
    by_merchant: dict[str, set[str]] = defaultdict(set)
    for receipt in known:
        for line in lines.features(lines.sequence(receipt.rows)):
            by_merchant[receipt.merchant] |= {f for f in line if f.startswith("word ")}
    counts = Counter(word for merchant_words in by_merchant.values() for word in merchant_words)
    return {word for word, count in counts.items() if count >= _MERCHANTS_AT_LEAST}


def table(known: list[Receipt]) -> dict[str, dict[str, float]]:
    weights = train(examples_of(known, shared_words(known)))
    return {
        label: {f: round(w, 3) for f, w in sorted(found.items()) if abs(w) >= _SLIGHT}
        for label, found in weights.items()
    }


def measure(known: list[Receipt]) -> None:
    hits: Counter[str] = Counter()
    for training_set, test_set in receipts.folds(known, 5):
        models.table("receipt_lines")["weights"] = table(training_set)
        for receipt in test_set:
            (merchant, confidence), (address, address_confidence) = lines.find(receipt.rows)
            for name, spans, stated, chance in (
                (
                    "merchant",
                    merchant_of(" ".join(s.text for s in legal_name(merchant))),
                    "company",
                    confidence,
                ),
                (
                    "address",
                    address_of(" ".join(s.text for s in address)),
                    "address",
                    address_confidence,
                ),
            ):
                right = similarity(spans, receipt.truth.get(stated, "")) >= SIMILAR
                hits[name] += right
                if not right and "-v" in sys.argv:
                    receipts.log(
                        receipt.name,
                        name,
                        repr(receipt.truth.get(stated)),
                        "not",
                        repr(spans),
                        round(chance, 2),
                    )
    receipts.log({name: round(count / len(known), 3) for name, count in hits.items()})


def main() -> None:
    known = receipts.all_receipts()
    if "--measure" in sys.argv:
        measure(known)
        return
    about = (
        "Weights of a linear-chain CRF, trained by training/lines.py from "
        f"{len(known)} receipts of ICDAR 2019 SROIE (MIT, zzzDavid/ICDAR-2019-SROIE)."
    )
    made = {"about": about, "weights": table(known)}
    _HERE.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n")


if __name__ == "__main__":
    main()

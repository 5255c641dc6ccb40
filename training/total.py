"""Train the model for the total of a receipt: `models/receipt_total.json`.

    DOCKET_CORPORA=… PYTHONPATH=layers/analysis/python python -m training.total [--measure]

Logistic regression with a quadratic penalty, by AdaGrad, standard library only. `--measure` prints
the accuracy for unknown merchants, and writes nothing.
"""

import json
import random
import re
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from math import sqrt
from pathlib import Path

from analysis import models
from analysis.extract import values
from analysis.extract.receipt import total
from training import receipts
from training.receipts import Receipt

_HERE = Path(models.__file__).parent / "receipt_total.json"
_EPOCHS = 60
_RATE = 0.2
_DECAY = 0.004
_SEED = 5
_SEEN_AT_LEAST = 3
_EXPECTED = {
    "total": 0.5, "grand": 1.5, "rounded": 1.0, "total alone": 0.7,
    "last total before payment": 0.7,
    "paid less change": 1.0, "a total plus tax and rounding": 0.7, "was paid": 0.3,
    "sub": -1.0, "exclusive": -1.2, "change": -1.5, "tax": -0.5, "count": -1.0, "less": -1.0,
    "rounding": -1.0, "summary": -0.5, "unit": -0.7, "every": -3.0,
}  # fmt: skip
"""Prior weights of these words; they apply where few receipts disagree."""


def stated(receipt: Receipt) -> Decimal | None:
    return values.parse_number(re.sub(r"[^\d.,]", "", receipt.truth.get("total", "")))


def train(known: list[Receipt]) -> dict[str, float]:
    examples = [
        ({"every", *candidate.features}, candidate.number == stated(receipt))
        for receipt in known
        for candidate in total.candidates(receipt.rows)
    ]
    counts = Counter(feature for features, _ in examples for feature in features)
    weights: dict[str, float] = defaultdict(float, _EXPECTED)
    steps: dict[str, float] = defaultdict(lambda: 1.0)
    order = random.Random(_SEED)  # noqa: S311 - not a secret
    for _ in range(_EPOCHS):
        order.shuffle(examples)
        for features, right in examples:
            off = right - models.probability(models.score(weights, features))
            for feature in features:
                if counts[feature] < _SEEN_AT_LEAST:
                    continue
                gradient = off - _DECAY * (weights[feature] - _EXPECTED.get(feature, 0.0))
                steps[feature] += gradient * gradient
                weights[feature] += _RATE * gradient / sqrt(steps[feature])
    return {feature: round(weight, 3) for feature, weight in sorted(weights.items())}


def measure(known: list[Receipt]) -> None:
    right = 0
    for training_set, test_set in receipts.folds(known, 5):
        models.table("receipt_total")["weights"] = train(training_set)
        for receipt in test_set:
            ranked = total.ranked(receipt.rows)
            hit = bool(ranked) and ranked[0][0].number == stated(receipt)
            right += hit
            if not hit and "-v" in sys.argv:
                receipts.log(
                    receipt.name,
                    stated(receipt),
                    "not",
                    [(str(c.number), round(p, 2)) for c, p in ranked[:3]],
                )
    receipts.log({"total": round(right / len(known), 3)})


def main() -> None:
    known = receipts.all_receipts()
    if "--measure" in sys.argv:
        measure(known)
        return
    about = (
        "Weights of a ranking of amounts, trained by training/total.py from "
        f"{len(known)} receipts of ICDAR 2019 SROIE (MIT, zzzDavid/ICDAR-2019-SROIE)."
    )
    _HERE.write_text(json.dumps({"about": about, "weights": train(known)}, indent=0) + "\n")


if __name__ == "__main__":
    main()

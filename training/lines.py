"""Train the model for the lines of a receipt that name its merchant and its address.

Makes `models/receipt_lines.json`:

    DOCKET_CORPORA=… PYTHONPATH=layers/analysis/python python -m training.lines [--measure]

A linear-chain conditional random field (`crf_trainer.py`). `--measure` prints the accuracy for
unknown merchants, and writes nothing.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from pathlib import Path

from analysis import models
from analysis.extract.receipt import address_of, legal_name, lines, merchant_of
from analysis.extract.receipt.lines import ADDRESS, LABELS, MERCHANT, OTHER
from analysis.layout.lines import TextSpan
from training import receipts
from training.crf_trainer import Example, rounded, train
from training.receipts import Receipt

_HERE = Path(models.__file__).parent / "receipt_lines.json"
_EPOCHS = 30
_DECAY = 0.002
_MERCHANTS_AT_LEAST = 3
SIMILAR = 0.9
_TOO_DIFFERENT = 0.55
_SLIGHT = 0.02


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
    examples = examples_of(known, shared_words(known))
    return rounded(train(examples, LABELS, epochs=_EPOCHS, decay=_DECAY), least=_SLIGHT)


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

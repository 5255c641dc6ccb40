"""Train the model for the parties in the opening of a contract: `models/contract_parties.json`.

    PYTHONPATH=layers/analysis/python python -m training.parties

The contracts are of our own making (`training/generated`), with a fixed seed; no wording that is
held out is used. A word is a feature only if enough contracts have it.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from analysis import models
from analysis.extract.contract import party_words
from analysis.extract.contract.clauses import clauses
from analysis.extract.contract.party_words import FIRST, LABELS, NEXT, OTHER, Word
from analysis.layout import lines
from training.crf_trainer import Example, rounded, train
from training.generated import contracts, drawing
from training.generated.contracts import Contract
from training.printed import letters_and_digits

_HERE = Path(models.__file__).parent / "contract_parties.json"
_CONTRACTS = 450
_EPOCHS = 8
_DECAY = 0.002
_CONTRACTS_AT_LEAST = 4
_SLIGHT = 0.04


def example(contract: Contract) -> Example:
    found = list(clauses([lines.group_lines(page) for page in drawing.read_pages(contract.data)]))
    tokens = party_words.sequence(found)
    return party_words.features(tokens, found), labels(tokens, contract.truth["party"])


def labels(tokens: Sequence[Word], names: Sequence[str]) -> list[int]:
    """The words of every mention of a party."""
    marked = [LABELS.index(OTHER)] * len(tokens)
    wanted = sorted(map(letters_and_digits, names), key=len, reverse=True)
    for start in range(len(tokens)):
        text = ""
        for end in range(start, min(len(tokens), start + 14)):
            text += letters_and_digits(tokens[end].text)
            if (
                text in wanted
                and marked[start] == LABELS.index(OTHER)
                and letters_and_digits(tokens[start].text)
            ):
                marked[start] = LABELS.index(FIRST)
                stop = end + 1
                marked[start + 1 : stop] = [LABELS.index(NEXT)] * (stop - start - 1)
                break
    return marked


def without_rare_words(examples: Sequence[Example]) -> list[Example]:
    counts = Counter(
        feature for sequence, _ in examples for feature in {f for line in sequence for f in line}
    )
    return [
        ([[f for f in line if counts[f] >= _CONTRACTS_AT_LEAST] for line in sequence], right)
        for sequence, right in examples
    ]


def main() -> None:
    examples = [
        example(contracts.make(seed, held_out=False)) for seed in range(10_000, 10_000 + _CONTRACTS)
    ]
    weights = train(without_rare_words(examples), LABELS, epochs=_EPOCHS, decay=_DECAY)
    about = (
        "Weights of a linear-chain CRF over the words of a contract's opening, trained by "
        f"training/parties.py from {_CONTRACTS} generated contracts (training/generated)."
    )
    made = {"about": about, "weights": rounded(weights, least=_SLIGHT)}
    _HERE.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n")


if __name__ == "__main__":
    main()

"""Train the model for the lines that name an invoice's parties: `models/invoice_parties.json`.

    PYTHONPATH=layers/analysis/python python -m training.invoice_lines

The invoices are of our own making (`training/generated`), with a fixed seed; neither the layouts
nor the headings that are held out are used.
"""

import json
from collections import Counter
from pathlib import Path

from analysis import models
from analysis.extract.invoice import parties, party_lines
from analysis.extract.invoice.party_lines import LABELS, OTHER
from analysis.layout import lines
from training.crf_trainer import Example, rounded, train
from training.generated import drawing, invoices
from training.generated.invoices import Invoice
from training.printed import letters_and_digits

_HERE = Path(models.__file__).parent / "invoice_parties.json"
_INVOICES = 800
_EPOCHS = 8
_DECAY = 0.003
_SEEN_AT_LEAST = 5
_SLIGHT = 0.05


def example(invoice: Invoice) -> Example:
    page = lines.group_lines(drawing.read_pages(invoice.data)[0])
    blocks = party_lines.sequence(page)
    roles = {letters_and_digits(line): role for line, role in invoice.roles.items()}
    marked = [
        LABELS.index(roles.get(letters_and_digits(span.text), OTHER))
        for block in blocks
        for span in block
    ]
    return party_lines.features(blocks, list(parties.by_rules([page]))), marked


def main() -> None:
    examples = [
        example(invoices.make(seed, held_out=False)) for seed in range(20_000, 20_000 + _INVOICES)
    ]
    counts = Counter(f for sequence, _ in examples for line in sequence for f in line)
    examples = [
        ([[f for f in line if counts[f] >= _SEEN_AT_LEAST] for line in sequence], marked)
        for sequence, marked in examples
    ]
    weights = train(examples, LABELS, epochs=_EPOCHS, decay=_DECAY)
    about = (
        "Weights of a linear-chain CRF over the lines of an invoice, trained by "
        f"training/invoice_lines.py from {_INVOICES} generated invoices (training/generated)."
    )
    content = {"about": about, "weights": rounded(weights, least=_SLIGHT)}
    _HERE.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n")


if __name__ == "__main__":
    main()

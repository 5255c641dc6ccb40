"""Fit measured accuracy to stated confidence, and write `models/confidence.json`.

    DOCKET_CORPORA=… PYTHONPATH=layers/analysis/python python -m training.confidence

The receipts are those of `receipts.py`, read with tables trained without their merchant. The
invoices are the text of ZUGFeRD and Factur-X samples (ZUGFeRD/corpus, Apache-2.0), whose embedded
XML is the ground truth. A curve per kind and name is fitted by isotonic regression, if there are
enough facts.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from analysis import Limits, models
from analysis.extract import values
from analysis.extract.pipeline import extract
from analysis.formats import open_document, pdf
from analysis.model import Fact, Result
from training import lines, receipts, total
from training.printed import unprinted

_HERE = Path(models.__file__).parent / "confidence.json"
_ENOUGH = 30
_POOLED_AT_LEAST = 6
_NAMES = {
    "invoice_number", "issue_date", "due_date", "delivery_date", "gross", "net", "tax", "iban",
    "seller_vat_id", "seller", "buyer",
}  # fmt: skip

_RECEIPT_NAMES = {"merchant", "address", "date", "total"}

type FactOutcome = tuple[str, float, bool]
"""Kind and name, the stated confidence, and whether the fact is correct.

The name of all facts but the first of a name is `others`.
"""


def of_receipts() -> Iterator[FactOutcome]:
    for training_set, test_set in receipts.folds(receipts.all_receipts(), 5):
        models.table("receipt_lines")["weights"] = lines.table(training_set)
        models.table("receipt_total")["weights"] = total.train(training_set)
        for receipt in test_set:
            found = _again(receipt.reading)
            for name, fact in _first_and_others(found.facts):
                right = _right(fact, receipt)
                if found.kind == "receipt" and right is not None:
                    yield f"receipt {name}", fact.confidence, right


def _right(fact: Fact, receipt: receipts.Receipt) -> bool | None:
    match fact.name:
        case "merchant":
            return lines.similarity(fact.value, receipt.truth.get("company", "")) >= lines.SIMILAR
        case "address":
            return lines.similarity(fact.value, receipt.truth.get("address", "")) >= lines.SIMILAR
        case "date":
            day = next(values.dates(receipt.truth.get("date", "")), None)
            return None if day is None else fact.normalised == day.value
        case "total":
            number = total.stated(receipt)
            money = fact.normalised if isinstance(fact.normalised, dict) else {}
            return None if number is None else money.get("minor") == round(number * 100)
        case _:
            return None


def of_invoices() -> Iterator[FactOutcome]:
    for file in sorted((receipts.CORPORA / "einvoices").glob("*.pdf")):
        with open_document.open_file(file.read_bytes(), "pdf", Limits()) as document:
            pages = [document.page(number) for number in range(document.page_count)]
            truth = {fact.name: fact for fact in document.embedded()[0]}
        if not truth or any(unprinted(truth, _bare_text(file))):
            continue  # the XML is not of this page
        found = extract(
            kind_of_file="pdf", page_count=len(pages), pages=pages, lost={},
            embedded=((), ()), warnings=(),
        )  # fmt: skip
        for name, fact in _first_and_others(found.facts):
            if fact.name in _NAMES and fact.name in truth:
                yield f"invoice {name}", fact.confidence, _same(fact, truth[fact.name])


def _bare_text(file: Path) -> str:
    with pdf.open_pdf(file.read_bytes(), Limits()) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def _first_and_others(facts: Iterable[Fact]) -> Iterator[tuple[str, Fact]]:
    seen: set[str] = set()
    for fact in facts:
        yield ("others" if fact.name in seen else fact.name), fact
        seen.add(fact.name)


def _same(first: Fact, second: Fact) -> bool:
    if isinstance(first.normalised, dict) and isinstance(second.normalised, dict):
        return bool(first.normalised["minor"] == second.normalised["minor"])
    if first.name in {"seller", "buyer"}:
        return lines.plain(first.value) in lines.plain(second.value) or lines.plain(
            second.value
        ) in lines.plain(first.value)
    return lines.plain(str(first.normalised)) == lines.plain(str(second.normalised))


def _again(reading: Result) -> Result:
    return extract(
        kind_of_file=reading.kind_of_file, page_count=reading.page_count, pages=reading.pages,
        lost={}, embedded=((), ()), warnings=(),
    )  # fmt: skip


def curve(observations: list[tuple[float, bool]]) -> list[list[float]]:
    """Isotonic regression: rising points `[stated, right]`, each pooled from several facts."""
    pools: list[list[float]] = []
    for stated, right in sorted(observations):
        pools.append([stated, float(right), 1.0])
        while len(pools) > 1 and (
            pools[-2][2] < _POOLED_AT_LEAST or _share(pools[-2]) >= _share(pools[-1])
        ):
            stated_sum, hits, count = pools.pop()
            pools[-1] = [pools[-1][0] + stated_sum, pools[-1][1] + hits, pools[-1][2] + count]
    if len(pools) > 1 and pools[-1][2] < _POOLED_AT_LEAST:
        last = pools.pop()
        pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return [[round(pool[0] / pool[2], 3), round(_share(pool), 3)] for pool in pools]


def _share(pool: list[float]) -> float:
    """The share of correct facts, with half an additional error: few facts are weak evidence."""
    return pool[1] / (pool[2] + 0.5)


def main() -> None:
    models.table("confidence").update(curves={}, measured={})
    by_group: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for group, stated, right in [*of_receipts(), *of_invoices()]:
        by_group[group].append((stated, right))
        if not group.endswith(" others"):
            by_group[group.partition(" ")[0]].append((stated, right))
    about = (
        "Points [stated, right] of how often facts are right, by kind and name, the first of a "
        "name apart from others, fitted by training/confidence.py, which names "
        "the documents."
    )
    curves = {
        group: curve(observations)
        for group, observations in sorted(by_group.items())
        if len(observations) >= _ENOUGH
    }
    measured = {"invoice": sorted(_NAMES), "receipt": sorted(_RECEIPT_NAMES)}
    whole = {"about": about, "measured": measured, "curves": curves}
    _HERE.write_text(json.dumps(whole, indent=0) + "\n")
    receipts.log(
        {group: (len(observations), curves.get(group)) for group, observations in by_group.items()}
    )


if __name__ == "__main__":
    main()

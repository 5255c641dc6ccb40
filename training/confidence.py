"""Fit measured accuracy to stated confidence, and write `models/confidence.json`.

    DOCKET_CORPORA=… PYTHONPATH=layers/analysis/python python -m training.confidence

The receipts are those of `receipts.py`, read with tables trained without their merchant. The
invoices are the text of ZUGFeRD and Factur-X samples (ZUGFeRD/corpus, Apache-2.0), whose embedded
XML is the ground truth, without the unseen ones. A curve per group of facts, and per kind and name
if there are enough facts, is fitted by isotonic regression.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import Limits, models
from analysis.extract import calibration, values
from analysis.extract.pipeline import extract
from analysis.formats import open_document
from analysis.formats.pdf import pdf_file
from analysis.model import Fact, Result
from bench.reader.unseen import is_unseen
from training import lines, receipts, total
from training.printed import unprinted

_HERE = Path(models.__file__).parent / "confidence.json"
_ENOUGH = 40
_FOLDS = 5
_POOLED_AT_LEAST = 12
_NAMES = {
    "invoice_number", "issue_date", "due_date", "delivery_date", "gross", "net", "tax", "iban",
    "seller_vat_id", "seller", "buyer",
}  # fmt: skip

_RECEIPT_NAMES = {"merchant", "address", "date", "total"}


@dataclass(frozen=True, slots=True)
class Observation:
    """A fact of a document whose facts are known: what a rule stated, and whether it is correct.

    `name` is the fact's name if it is the first of it, else `others`. `fold` is the number of the
    fold of a receipt; `is_unseen` is a file of `bench/reader/unseen.txt`: no curve uses it.
    """

    kind: str
    name: str
    fact: Fact
    is_right: bool
    fold: int | None = None
    is_unseen: bool = False


def of_receipts() -> Iterator[Observation]:
    """Facts read with tables that are trained without the receipt's merchant."""
    for fold, (training_set, test_set) in enumerate(
        receipts.folds(receipts.all_receipts(), _FOLDS)
    ):
        models.table("receipt_lines")["weights"] = lines.table(training_set)
        models.table("receipt_total")["weights"] = total.train(training_set)
        for receipt in test_set:
            found = _again(receipt.reading)
            for name, fact in _first_and_others(found.facts):
                right = _right(fact, receipt)
                if found.kind == "receipt" and right is not None:
                    yield Observation("receipt", name, fact, right, fold=fold)


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


def of_invoices() -> Iterator[Observation]:
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
                right = _same(fact, truth[fact.name])
                yield Observation("invoice", name, fact, right, is_unseen=is_unseen(file))


def _bare_text(file: Path) -> str:
    with pdf_file.open_pdf(file.read_bytes(), Limits()) as document:
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
            pools[-2][2] < _POOLED_AT_LEAST
            or pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]
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


def observations() -> list[Observation]:
    """All facts with what the rules state, before any calibration."""
    models.table("confidence").update(curves={}, measured={})
    return [*of_receipts(), *of_invoices()]


def fitted(observed: Iterable[Observation]) -> dict[str, list[list[float]]]:
    """A curve for each group of facts, and for each kind and name with enough facts."""
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for item in observed:
        outcome = (item.fact.confidence, item.is_right)
        groups[f"{item.kind} {item.name}"].append(outcome)
        if item.name != "others":
            groups[calibration.group_of(item.name)].append(outcome)
    return {
        group: curve(outcomes) for group, outcomes in sorted(groups.items())
        if len(outcomes) >= _ENOUGH
    }  # fmt: skip


def cross_validated(observed: list[Observation]) -> Iterator[tuple[Observation, float]]:
    """The first fact of each name that no curve was fitted with, and its calibrated confidence."""
    by_fold = {
        fold: fitted(item for item in observed if item.fold != fold and not item.is_unseen)
        for fold in range(_FOLDS)
    }
    seen = fitted(item for item in observed if not item.is_unseen)
    for item in observed:
        if item.name == "others" or (item.fold is None and not item.is_unseen):
            continue
        curves = seen if item.fold is None else by_fold[item.fold]
        points = curves.get(f"{item.kind} {item.name}") or curves[calibration.group_of(item.name)]
        yield item, calibration.at(points, item.fact.confidence)


def main() -> None:
    curves = fitted(item for item in observations() if not item.is_unseen)
    about = (
        "Points [stated, right] of how often facts are right: by group of facts, and by kind and "
        "name where there are enough, the first of a name apart from others. Fitted by "
        "training/confidence.py, which names the documents."
    )
    measured = {"invoice": sorted(_NAMES), "receipt": sorted(_RECEIPT_NAMES)}
    whole = {"about": about, "measured": measured, "curves": curves}
    _HERE.write_text(json.dumps(whole, indent=0) + "\n")
    receipts.log({group: len(points) for group, points in curves.items()})


if __name__ == "__main__":
    main()

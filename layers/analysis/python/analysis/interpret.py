"""From pages of text to findings: kind, facts, tables, summary. Also joins ranges of pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis import layout, summary, values
from analysis.facts import anywhere, contract, invoice, items, receipt
from analysis.kind import kind_of
from analysis.layout import Spot
from analysis.reading import Fact, Kind, LineItem, Page, Reading
from analysis.version import READER_VERSION

_SOLID = 0.5
_HEADLINE = 120


def interpret(
    *,
    kind_of_file: str,
    page_count: int,
    pages: Sequence[Page],
    lost: Mapping[int, str],
    embedded: tuple[tuple[Fact, ...], tuple[LineItem, ...]],
    warnings: Sequence[dict[str, str]],
) -> Reading:
    """All that can be said of these pages; `lost` are those that could not be read, and why."""
    text = "\n".join(page.text for page in pages)
    ocr = [page for page in pages if page.source == "ocr"]
    kind, score = kind_of(text, photographed=kind_of_file in {"png", "jpeg"})
    exact, exact_items = embedded
    if exact:
        kind, score = "invoice", 0.99
    language = _commonest([page.language for page in pages])
    currency = _currency(text)
    spots = [layout.rows(page) for page in pages]
    facts = _facts(kind, spots, language, currency)
    all_warnings = list(warnings)
    if exact:
        facts, told = _with_exact(exact, facts)
        all_warnings += told
    found_items, tables = items.find(spots)
    line_items = exact_items or found_items
    unsure = [page.number + 1 for page in ocr if page.confidence < _SOLID + 0.3]
    if unsure:
        numbers = ", ".join(map(str, unsure[:10]))
        all_warnings.append(
            {"code": "hard_to_read", "text": f"The picture of page {numbers} is hard to read."}
        )
    quoted, phrases = summary.summarise(pages)
    unread = tuple({"page": number, "reason": lost[number]} for number in sorted(lost))
    return Reading(
        reader_version=READER_VERSION, kind_of_file=kind_of_file, page_count=page_count,
        pages=tuple(pages), kind=kind, kind_score=score, language=language,
        headline=_headline(kind, facts, spots), summary=quoted, facts=facts, tables=tables,
        line_items=line_items, parties=_parties(facts), key_phrases=phrases,
        warnings=tuple(all_warnings), unread=unread, partial=bool(unread),
        embedded=exact, embedded_items=exact_items,
    )  # fmt: skip


def join(parts: Sequence[Reading]) -> Reading:
    """What reading the whole document at once would have said."""
    first = parts[0]
    pages = {page.number: page for part in parts for page in part.pages}
    lost = {
        one["page"]: one["reason"]
        for part in parts
        for one in part.unread
        if one["page"] not in pages
    }
    for number in range(first.page_count):
        if number not in pages:
            lost.setdefault(number, "This page was not read.")
    embedded = next((part for part in parts if part.embedded), first)
    return interpret(
        kind_of_file=first.kind_of_file,
        page_count=first.page_count,
        pages=[pages[number] for number in sorted(pages)],
        lost=lost,
        embedded=(embedded.embedded, embedded.embedded_items),
        warnings=(),
    )


def _facts(
    kind: Kind, spots: list[list[list[Spot]]], language: str | None, currency: str | None
) -> tuple[Fact, ...]:
    found: list[Fact] = []
    if kind == "invoice":
        found += invoice.find(spots, currency)
    if kind == "receipt":
        found += receipt.find(spots, currency)
    if kind == "contract":
        found += contract.contract(spots)
    if kind == "letter":
        found += contract.letter(spots)
    found += anywhere.find(spots, language, currency)
    if currency and kind in {"invoice", "receipt", "statement"}:
        found += _stated_currency(spots, currency)
    best: dict[tuple[str, str], Fact] = {}
    for one in found:
        key = (one.name, str(one.normalised).casefold())
        if key not in best or one.confidence > best[key].confidence:
            best[key] = one
    names = list(dict.fromkeys(one.name for one in found))
    return tuple(sorted(best.values(), key=lambda one: (names.index(one.name), -one.confidence)))


def _stated_currency(spots: list[list[list[Spot]]], currency: str) -> list[Fact]:
    for page in spots:
        for row in page:
            for spot in row:
                for amount in values.amounts(spot.text):
                    if amount.currency == currency:
                        span = (amount.start, amount.end)
                        return [
                            layout.fact("currency", currency.upper(), currency, spot, 0.95, span)
                        ]
    return []


def _with_exact(
    exact: tuple[Fact, ...], seen: tuple[Fact, ...]
) -> tuple[tuple[Fact, ...], list[dict[str, str]]]:
    """The exact facts with the place where the page shows them; told where it does not agree."""
    merged, warnings = [], []
    for one in exact:
        shown = next((f for f in seen if _same(f, one)), None)
        rivals = [f for f in seen if f.name == one.name]
        if shown is not None:
            one = replace(one, page=shown.page, box=shown.box)  # noqa: PLW2901 - the same fact, placed
        elif (
            rivals
            and rivals[0].confidence > 0.9  # noqa: PLR2004 long patterns, and thresholds named by their line
            and one.name in {"gross", "iban", "invoice_number"}
        ):
            warnings.append(
                {
                    "code": "page_disagrees",
                    "text": f"The embedded invoice data says {one.name} is {one.value}, "
                    f"the page says {rivals[0].value}.",
                }
            )
        merged.append(one)
    others = [f for f in seen if not any(_same(f, one) for one in merged)]
    weaker = [replace(f, confidence=f.confidence * 0.5) if any(e.name == f.name for e in exact) else f for f in others]  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
    return tuple(merged + weaker), warnings


def _same(one: Fact, other: Fact) -> bool:
    if isinstance(one.normalised, dict) and isinstance(other.normalised, dict):
        return bool(one.normalised["minor"] == other.normalised["minor"])
    return str(one.normalised).casefold() == str(other.normalised).casefold()


def _commonest(languages: Sequence[str | None]) -> str | None:
    stated = Counter(language for language in languages if language)
    return stated.most_common(1)[0][0] if stated else None


def _currency(text: str) -> str | None:
    """The currency that most amounts are stated in."""
    stated: Counter[str] = Counter()
    for line in text.splitlines()[:3000]:
        if sign := next((a.currency for a in values.amounts(line) if a.currency), None):
            stated[sign] += 1
    if stated:
        return stated.most_common(1)[0][0]
    for code in ("EUR", "RM", "CHF", "USD", "GBP"):
        if f"{code} " in text or f"({code})" in text or f"in {code}" in text:
            return values.currency_of(code)
    return None


def _headline(kind: Kind, facts: Sequence[Fact], spots: list[list[list[Spot]]]) -> str | None:
    value = {fact.name: fact.value for fact in reversed(facts)}
    match kind:
        case "invoice" if "gross" in value:
            parts = ["Invoice", value.get("invoice_number", ""), value.get("seller", "")]
            return f"{' '.join(part for part in parts if part)}: {value['gross']}"[:_HEADLINE]
        case "receipt" if "merchant" in value:
            parts = [value["merchant"], value.get("date", ""), value.get("total", "")]
            return ", ".join(part for part in parts if part)[:_HEADLINE]
        case "letter" if "subject" in value:
            return value["subject"][:_HEADLINE]
    for page in spots:
        for row in page:
            text = " ".join(spot.text for spot in row)
            if sum(map(str.isalpha, text)) > 5:  # noqa: PLR2004 - a word at least
                return text[:_HEADLINE]
    return None


def _parties(facts: Sequence[Fact]) -> tuple[dict[str, str], ...]:
    roles = {"seller", "buyer", "merchant", "party", "sender", "recipient"}
    seen: dict[tuple[str, str], None] = {}
    for fact in facts:
        if fact.name in roles and (fact.name == "party" or fact.name not in {r for r, _ in seen}):
            seen[fact.name, " ".join(fact.value.split())] = None
    return tuple({"role": role, "name": name} for role, name in seen)

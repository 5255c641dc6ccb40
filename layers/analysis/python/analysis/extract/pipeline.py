"""Extract kind, facts, tables and summary from pages of text; join the results of page ranges."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from analysis.errors import OF_THE_FILE, Reason, warning
from analysis.extract import (
    calibration,
    contract,
    currency,
    entities,
    invoice,
    line_items,
    one_value,
    payment_codes,
    receipt,
    summary,
    transactions,
    values,
)
from analysis.extract.boundaries import segments, several
from analysis.extract.catalogue import BY_NAME, PARTIES
from analysis.extract.classify import classify
from analysis.extract.exact import with_exact
from analysis.extract.forms import form_fields, pairs
from analysis.extract.kinds import insurance, letter, payslip, statement, tax_form, trade
from analysis.layout import areas, lines
from analysis.layout.language import language_of_document
from analysis.layout.lines import TextLines
from analysis.model import Content, Fact, Kind, LineItem, Page, Result, Transaction
from analysis.version import READER_VERSION

_EXACT_KIND = 0.99
"""The score of the kind of a document with embedded invoice data."""
_BY_ITS_CODE = 0.7
"""The score of an invoice that only its payment code tells."""
_OF_TWO_READINGS = 0.6
"""Confidence of the likelier reading of a date whose order of day and month is open."""
_HARD_TO_READ = 0.8
"""The confidence of OCR below which a warning names the page."""
_NAMED_PAGES = 10
"""Pages that a warning names by their number."""
_HEADLINE = 120
"""Most characters of a headline."""
_NAMED: Mapping[str, tuple[str, ...]] = {
    "payslip": ("employee", "pay_date", "net_pay"),
    "statement": ("account_holder", "period_end", "closing_balance"),
    "quotation": ("seller", "quotation_number", "gross"),
    "purchase_order": ("buyer", "po_number", "gross"),
    "delivery_note": ("seller", "delivery_note_number", "delivery_date"),
    "reminder": ("seller", "reminder_level", "invoice_number", "payable"),
    "insurance_policy": ("insured", "policy_number", "premium"),
    "tax_form": ("form_number", "tax_year", "payee"),
}
"""The facts of a headline; without the first there is none."""
_A_WORD = 5
"""Number of letters that a row exceeds to be a headline."""
_PHOTOGRAPHS = frozenset(["png", "jpeg", "heic", "webp", "gif"])
_WITHOUT_ITEMS = frozenset(
    ["statement", "letter", "form", "payslip", "reminder", "insurance_policy", "tax_form"]
)
"""Kinds whose tables have amounts, but no line items."""
_WITH_SUMS = frozenset(["invoice", "credit_note"])
"""Kinds whose items add up to a total."""

type Embedded = tuple[tuple[Fact, ...], tuple[LineItem, ...]]
"""The facts and line items that embedded data states."""


def extract(
    *,
    kind_of_file: str,
    page_count: int,
    pages: Sequence[Page],
    lost: Mapping[int, Reason],
    embedded: Embedded,
    warnings: Sequence[dict[str, Any]],
    contents: Sequence[Content] = (),
) -> Result:
    """Extract everything from these pages; `lost` are the pages not read, with the reason.

    If they are of several documents, or of the `contents` of a file such as an e-mail, each is read
    for itself.
    """
    whole = Content(
        title=None, kind_of_file=kind_of_file, first_page=0, page_count=page_count,
        facts=embedded[0], line_items=embedded[1],
    )  # fmt: skip
    read = [
        (content.title, replace(result, kind_of_file=kind_of_file))
        for content in contents or [whole]
        for result in _of_content(content, pages, page_count)
    ]
    return segments.of_file(read, pages, lost=lost, warnings=[*warnings, *_no_text(pages)])


def _of_content(content: Content, pages: Sequence[Page], page_count: int) -> Iterator[Result]:
    """The results of the documents of a file, or of a file within one."""
    within = [page for page in pages if page.number in content.pages]
    main_pages = [areas.main(page) for page in within]
    kind_of_file = "" if content.facts else content.kind_of_file
    division = segments.division(kind_of_file, main_pages)
    for start, end in pairwise([*division.starts, len(within)]):
        result = _of_one(content, page_count, within[start:end], main_pages[start:end])
        doubtful = [within[place] for place in division.doubtful if start <= place < end]
        yield replace(result, warnings=(*segments.doubts(doubtful), *result.warnings))


def _of_one(
    content: Content, page_count: int, pages: Sequence[Page], main_pages: Sequence[Page]
) -> Result:
    """The result of the pages of one document."""
    text = "\n".join(page.text for page in main_pages)
    language = language_of_document(text, [page.language for page in pages])
    with values.local_signs(currency.signs_of(text, language)):
        return _extract(
            text, language, main_pages, kind_of_file=content.kind_of_file, page_count=page_count,
            pages=pages, embedded=(content.facts, content.line_items),
        )  # fmt: skip


def _extract(
    text: str,
    language: str | None,
    main_pages: Sequence[Page],
    *,
    kind_of_file: str,
    page_count: int,
    pages: Sequence[Page],
    embedded: Embedded,
) -> Result:
    filled_in = form_fields.are_filled_in(main_pages)
    photographed = kind_of_file in _PHOTOGRAPHS
    kind, score = classify(text, photographed=photographed, filled_in=filled_in)
    exact, exact_items = embedded
    if exact:
        kind, score = "credit_note" if kind == "credit_note" else "invoice", _EXACT_KIND
    if kind == "other" and payment_codes.has_payment(main_pages):
        kind, score = "invoice", _BY_ITS_CODE
    document = _Document(
        kind=kind,
        pages=[lines.group_lines(page) for page in main_pages],
        language=language,
        date_order=values.date_order(text),
    )
    facts = () if kind_of_file == "xml" else document.facts()  # an XML file states all of them
    all_warnings = [*_hard_to_read(pages), *several.on_one_page(pages)]
    stated = next((str(fact.normalised) for fact in facts if fact.name == "currency"), None)
    facts, disagreements = payment_codes.add_facts(facts, main_pages, kind, stated)
    all_warnings += disagreements
    if exact:
        facts, disagreements = with_exact(exact, facts)
        all_warnings += disagreements
    found_items, tables = line_items.find(
        document.pages, month_first=document.date_order.month_first
    )
    if kind in _WITHOUT_ITEMS:
        found_items = ()
    if kind == "receipt":
        found_items = receipt.items.find([row for page in document.pages for row in page])
    if kind in _WITH_SUMS and not exact_items:
        found_items, differences = line_items.checked(found_items, facts, document.pages)
        all_warnings += differences
    moved: tuple[Transaction, ...] = ()
    if kind == "statement":
        moved, differences = transactions.find(
            document.pages, facts, month_first=document.date_order.month_first
        )
        all_warnings += differences
    quoted, phrases = summary.summarise(main_pages, document.pages, facts)
    return Result(
        reader_version=READER_VERSION,
        kind_of_file=kind_of_file,
        page_count=page_count,
        pages=tuple(pages),
        kind=kind,
        kind_score=score,
        language=document.language,
        headline=_headline(kind, facts, document.pages),
        summary=quoted,
        facts=facts,
        tables=tables,
        line_items=exact_items or found_items,
        transactions=moved,
        parties=_parties(facts),
        key_phrases=phrases,
        warnings=tuple(all_warnings),
        embedded=exact,
        embedded_items=exact_items,
    )


def join(parts: Sequence[Result]) -> Result:
    """Join page ranges. The result equals that of reading the whole document at once."""
    first = parts[0]
    pages = {page.number: page for part in parts for page in part.pages}
    lost = {
        unread_page["page"]: Reason.from_dict(unread_page)
        for part in parts
        for unread_page in part.unread
        if unread_page["page"] not in pages
    }
    for number in range(first.page_count):
        if number not in pages:
            lost.setdefault(number, Reason("page_not_read"))
    embedded = next((part for part in parts if part.embedded), first)
    return extract(
        kind_of_file=first.kind_of_file,
        page_count=first.page_count,
        pages=[pages[number] for number in sorted(pages)],
        lost=lost,
        embedded=(embedded.embedded, embedded.embedded_items),
        warnings=_about_the_file(parts),
    )


def _about_the_file(parts: Iterable[Result]) -> list[dict[str, Any]]:
    """The warnings that only reading the file finds, each once."""
    warnings: list[dict[str, Any]] = []
    for part in parts:
        for entry in part.warnings:
            if entry["code"] in OF_THE_FILE and entry not in warnings:
                warnings.append(entry)
    return warnings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """The rows of a document's pages, and the properties that its facts depend on."""

    kind: Kind
    pages: list[TextLines]
    language: str | None
    date_order: values.DateOrder

    def facts(self) -> tuple[Fact, ...]:
        """Every fact once, in the catalogue's order, the most confident of each name first."""
        stated = next(iter(currency.find(self.pages)), None)
        candidates = list(self._candidates(stated))
        best: dict[tuple[str, str], Fact] = {}
        for candidate in candidates:
            key = (candidate.name, str(candidate.normalised).casefold())
            if key not in best or candidate.confidence > best[key].confidence:
                best[key] = candidate
        names = list(dict.fromkeys(candidate.name for candidate in candidates))
        ordered = sorted(
            one_value.without_doubles(best.values()),
            key=lambda candidate: (names.index(candidate.name), -candidate.confidence),
        )
        calibrated = calibration.calibrated(ordered, self.kind)
        return tuple(_with_other_readings(calibrated) if self.date_order.is_open else calibrated)

    def _candidates(self, stated: Fact | None) -> Iterator[Fact]:
        money = str(stated.normalised) if stated else None
        yield from _of_kind(
            self.kind,
            self.pages,
            money,
            language=self.language,
            month_first=self.date_order.month_first,
        )
        if stated and self.kind in BY_NAME["currency"].kinds:
            yield stated
        yield from entities.find(
            self.pages,
            language=self.language,
            currency=money,
            month_first=self.date_order.month_first,
        )
        stated_fields = list(form_fields.find(self.pages))
        yield from stated_fields
        yield from form_fields.others(pairs.find(self.pages), stated_fields, self.pages)


def _of_kind(
    kind: Kind,
    pages: Sequence[TextLines],
    currency: str | None,
    *,
    language: str | None,
    month_first: bool,
) -> Iterator[Fact]:
    """The facts that only documents of this kind state."""
    match kind:
        case "invoice" | "credit_note":
            yield from invoice.find(pages, currency, month_first=month_first)
        case "receipt":
            yield from receipt.find(pages, currency, month_first=month_first)
        case "contract":
            yield from contract.find(pages, language=language)
        case "letter":
            yield from letter.find(pages)
        case "statement":
            yield from statement.find(pages, currency, month_first=month_first)
        case "payslip":
            yield from payslip.find(pages, currency, month_first=month_first)
        case "quotation" | "delivery_note" | "purchase_order" | "reminder":
            yield from trade.find(kind, pages, currency, month_first=month_first)
        case "insurance_policy":
            yield from insurance.find(pages, currency, month_first=month_first)
        case "tax_form":
            yield from tax_form.find(pages)


def _with_other_readings(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Each date of two readings with less confidence, and then its other reading."""
    for fact in facts:
        is_date = BY_NAME[fact.name].type == "date" and isinstance(fact.normalised, str)
        other = values.other_reading(fact.value, str(fact.normalised)) if is_date else None
        if other is None:
            yield fact
            continue
        yield replace(fact, confidence=min(fact.confidence, _OF_TWO_READINGS))
        yield replace(fact, normalised=other, confidence=min(fact.confidence, 1 - _OF_TWO_READINGS))


def _no_text(pages: Sequence[Page]) -> Iterator[dict[str, Any]]:
    """A warning that says whether the pages are blank or have pictures, if they have no text."""
    if not pages or any(page.text.strip() or page.barcodes for page in pages):
        return
    blank = {page.blank for page in pages}
    if len(blank) > 1:
        yield warning("no_text")
    else:
        yield warning("no_text", context="blank" if blank.pop() else "pictures")


def _hard_to_read(pages: Sequence[Page]) -> Iterator[dict[str, Any]]:
    unread = [page.number + 1 for page in pages if page.script_unread]
    unsure = [
        page.number + 1
        for page in pages
        if page.source == "ocr"
        and page.lines
        and page.confidence < _HARD_TO_READ
        and not page.script_unread
    ]
    yield from _about_pages("script_not_read", unread)
    yield from _about_pages("hard_to_read", unsure)


def _about_pages(code: str, page_numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    listed = ", ".join(map(str, page_numbers[:_NAMED_PAGES]))
    if len(page_numbers) == 1:
        yield warning(code, pages=listed)
    elif page_numbers:
        context = "more" if len(page_numbers) > _NAMED_PAGES else "several"
        yield warning(code, context=context, pages=listed)


def _headline(kind: Kind, facts: Sequence[Fact], pages: list[TextLines]) -> str | None:
    value = {fact.name: fact.value for fact in reversed(facts)}
    match kind:
        case "invoice" | "credit_note" if "gross" in value:
            title = "Credit note" if kind == "credit_note" else "Invoice"
            parts = [title, value.get("invoice_number", ""), value.get("seller", "")]
            return f"{' '.join(part for part in parts if part)}: {value['gross']}"[:_HEADLINE]
        case "receipt" if "merchant" in value:
            parts = [value["merchant"], value.get("date", ""), value.get("total", "")]
            return ", ".join(part for part in parts if part)[:_HEADLINE]
        case "letter" if "subject" in value:
            return value["subject"][:_HEADLINE]
        case _ if kind in _NAMED and _NAMED[kind][0] in value:
            return ", ".join(value[name] for name in _NAMED[kind] if name in value)[:_HEADLINE]
    for page in pages:
        for row in page:
            text = lines.text_of(row)
            if sum(map(str.isalpha, text)) > _A_WORD:
                return text[:_HEADLINE]
    return None


def _parties(facts: Sequence[Fact]) -> tuple[dict[str, str], ...]:
    """The best name of each role; a contract has several parties with one role."""
    candidates: dict[tuple[str, str], None] = {}
    roles: set[str] = set()
    for fact in facts:
        if fact.name in PARTIES and (fact.name == "party" or fact.name not in roles):
            roles.add(fact.name)
            candidates[fact.name, lines.collapse_whitespace(fact.value)] = None
    return tuple({"role": role, "name": name} for role, name in candidates)

"""The result of reading a document, as a value and as JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

from analysis.model.fact import Fact, LineItem, Table, Transaction
from analysis.model.inline import cut_to_inline
from analysis.model.page import Page
from analysis.model.segment import Segment

type Kind = Literal[
    "invoice",
    "credit_note",
    "receipt",
    "contract",
    "letter",
    "form",
    "statement",
    "payslip",
    "quotation",
    "delivery_note",
    "purchase_order",
    "reminder",
    "insurance_policy",
    "tax_form",
    "other",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The content of one document, or of a range of its pages.

    The dict of `to_dict` has these fields:

    - `reader_version` of the reader; `kind_of_file` pdf, docx, xlsx, xml, eml, or an
      image (png, jpeg, heic, tiff, webp, gif)
    - `page_count` of the whole document; `pages` those read, each with its lines
    - `kind`, `kind_score` 0..1; `language` ISO 639-1 or null; `headline` one line or null
    - `summary` sentences quoted from the pages: `[{"text", "page"}]`
    - `facts` the best candidate of a name first, see `Fact`
    - `tables`, `line_items`, `transactions`, see `Table`, `LineItem`, `Transaction`
    - `parties` `[{"role", "name"}]`; `key_phrases` `[str]`
    - `segments` the documents of a file that has several, in the order of their pages, see
      `Segment`; empty if it is one document. Of several, `kind` is their common kind, else `other`;
      the lists have what was found in each of them, one after the other, each with its page
    - `warnings` `[{"code", "params"}]`: warnings about the facts
    - `unread` `[{"page", "code", "params"}]`: pages that could not be read
    - `partial` whether something of the file was not read: pages, or what `warnings` names
    """

    reader_version: str
    kind_of_file: str
    page_count: int
    pages: tuple[Page, ...]
    kind: Kind = "other"
    kind_score: float = 0.0
    language: str | None = None
    headline: str | None = None
    summary: tuple[dict[str, Any], ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    line_items: tuple[LineItem, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    parties: tuple[dict[str, str], ...] = ()
    key_phrases: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()
    unread: tuple[dict[str, Any], ...] = ()
    partial: bool = False
    embedded: tuple[Fact, ...] = field(default=())
    """Facts of embedded data (an e-invoice's XML), separate so that ranges can be joined."""
    embedded_items: tuple[LineItem, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The whole result as a JSON-compatible dict."""
        return {field_.name: _jsonable(getattr(self, field_.name)) for field_ in fields(self)}

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> Self:
        """The result in a dict of `to_dict`. Unknown fields raise an error."""
        known: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
                 for name, value in raw.items()}  # fmt: skip
        for name, parse in _PARSERS.items():
            known[name] = tuple(parse(item) for item in raw.get(name, ()))
        return cls(**known)

    def facts_dict(self) -> dict[str, Any]:
        """As `to_dict` without the lines of the pages, cut to stay well below 400 KB.

        If something was removed, `warnings` has an entry with the code `capped`.
        """
        return cut_to_inline(self.to_dict())


def _jsonable(value: Any) -> Any:
    if isinstance(value, tuple):
        return [item.to_dict() if hasattr(item, "to_dict") else item for item in value]
    return value


_PARSERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "pages": Page.from_dict,
    "facts": Fact.from_dict,
    "tables": Table.from_dict,
    "line_items": LineItem.from_dict,
    "transactions": Transaction.from_dict,
    "segments": Segment.from_dict,
    "embedded": Fact.from_dict,
    "embedded_items": LineItem.from_dict,
}

"""One row for each thing that needs a look: files and pages that were not read, warnings, and what
the documents say together.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.extract.catalogue import label
from analysis.report.phrases import PHRASES, Language
from analysis.report.sheets.headings import HEADINGS, TITLES
from analysis.report.sheets.parts import Document
from analysis.report.sheets.sheet import Cell, Sheet
from analysis.report.visible_facts import is_to_review

_COLUMNS = ("problem", "document_id", "file", "page", "about")


def problems_sheet(
    documents: Sequence[Document], consolidated: Mapping[str, Any], language: Language
) -> Sheet:
    """The problems of each document, then those of the order."""
    texts = HEADINGS[language]
    rows = [
        [texts[problem], *cells]
        for problem, cells in (
            *_of_documents(documents, language),
            *_of_order(documents, consolidated, language),
        )
    ]
    return Sheet(
        name="problems",
        title=TITLES[language]["problems"],
        headings=[texts[name] for name in _COLUMNS],
        rows=rows,
    )


type _ProblemRow = tuple[str, list[Cell]]


def _of_documents(documents: Sequence[Document], language: Language) -> Iterator[_ProblemRow]:
    for file in documents:
        place: list[Cell] = [str(file.get("document_id", "")), str(file.get("filename", ""))]
        if file.get("unreadable"):
            yield "unreadable", [*place, None, file["unreadable"]]
        for item in file.get("unread", ()):
            yield "page_unread", [*place, item.get("page"), item["reason"]]
        for item in file.get("warnings", ()):
            yield "warning", [*place, None, item["text"]]
        for fact in file.get("facts", ()):
            if is_to_review(fact):
                text = f"{label(fact['name'], language)}: {fact['value']}"
                yield "doubtful", [*place, fact.get("page"), text]


def _of_order(
    documents: Sequence[Document], consolidated: Mapping[str, Any], language: Language
) -> Iterator[_ProblemRow]:
    names = {file.get("document_id"): str(file.get("filename", "")) for file in documents}
    duplicates = PHRASES[language].duplicates
    groups = [
        *(("contradiction", item["text"], item) for item in consolidated.get("contradictions", ())),
        *(
            ("duplicate", duplicates[item["because"]], item)
            for item in consolidated.get("duplicates", ())
        ),
    ]
    for problem, text, item in groups:
        found = item["documents"]
        ids = [str(place["document_id"]) for place in found]
        shown = ", ".join(dict.fromkeys(names.get(id_, id_) for id_ in ids))
        page = found[0]["page"] if len(found) == 1 else None
        yield problem, [", ".join(dict.fromkeys(ids)), shown, page, text]

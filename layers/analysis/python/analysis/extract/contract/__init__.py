"""The facts of a contract: its parties, start date, duration, notice period, governing law.

clauses     the passages of a contract with their headings
parties     who makes the contract
party_words the model that labels the words of an opening
dates       the day from which it is in force
periods     the term, and the period of notice
law         the law that governs it
signatures  the people who sign
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.extract.contract import dates, law, parties, periods, signatures
from analysis.extract.contract.clauses import clauses
from analysis.layout.lines import TextLines
from analysis.model import Fact

_FOREIGN = 0.98
"""Factor for a clause in another language than the document's, if it has both."""


def find(pages: Sequence[TextLines], *, language: str | None) -> Iterator[Fact]:
    """A fact at the position of its words, even if its sentence continues over several lines."""
    found = list(clauses(pages))
    yield from parties.find(found)
    yield from dates.find(found)
    for clause in found:
        for stated in (*periods.find(clause), *law.find(clause)):
            english = periods.is_english if stated.name != "governing_law" else law.is_english
            foreign = language is not None and english(stated.value) != (language == "en")
            yield replace(stated, confidence=stated.confidence * (_FOREIGN if foreign else 1.0))
        yield from signatures.stated(clause)
    for page in pages:
        yield from signatures.find(page)

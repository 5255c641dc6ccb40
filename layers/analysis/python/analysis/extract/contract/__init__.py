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

from analysis.extract.contract import dates, law, parties, periods, signatures
from analysis.extract.contract.clauses import clauses
from analysis.layout.lines import TextLines
from analysis.model import Fact


def find(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """A fact at the position of its words, even if its sentence continues over several lines."""
    found = list(clauses(pages))
    yield from parties.find(found)
    yield from dates.find(found)
    for clause in found:
        yield from periods.find(clause)
        yield from law.find(clause)
        yield from signatures.stated(clause)
    for page in pages:
        yield from signatures.find(page)

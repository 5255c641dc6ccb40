"""The people who sign a contract."""

import re
from collections.abc import Iterator

from analysis.extract.contract.clauses import Clause
from analysis.layout.lines import TextLines, TextSpan, collapse_whitespace, fact
from analysis.model import Fact

_SIGNED = re.compile(
    r"^\W*(?:signed|signature|unterschrift|unterzeichnet)\s*(?:by|von)?\s*:?\s*"
    r"([^\W\d_][\w .'-]{3,40})$",
    re.IGNORECASE,
)
_STATED = 0.6
"""The confidence of a name behind `Signed by`."""
_RULE_TO_SIGN_ON = re.compile(r"_{5,}|\.{12,}|…{4,}")
_NAMED = re.compile(r"^\s*(?:name|nom|nombre)\s*:\s*(?P<name>.+)", re.IGNORECASE)
_PERSON = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Mme|M)\.?\s)*[^\W\d_a-z][\w'\u2019.-]*(?:\s[^\W\d_][\w'\u2019.-]*){1,3}$"
)
_BELOW = 4
"""Rows below a signature line that may have the signer's name."""


def stated(clause: Clause) -> Iterator[Fact]:
    """The name behind `Signed by`."""
    for match in _SIGNED.finditer(clause.text):
        value = match[1].strip(" ,()").removesuffix(".")
        span, chars = clause.passage.place(*match.span(1))
        yield fact("signature", value, collapse_whitespace(value), span, _STATED, chars=chars)


def find(page: TextLines) -> Iterator[Fact]:
    """The names below or beside the signature lines."""
    for number, row in enumerate(page):
        for rule in row:
            if _RULE_TO_SIGN_ON.search(rule.text):
                yield from _signer(page[number + 1 : number + 1 + _BELOW], rule)


def _signer(below: TextLines, rule: TextSpan) -> Iterator[Fact]:
    for row in below:
        for span in row:
            if span.box.overlap(rule.box) <= 0:
                continue
            named = _NAMED.match(span.text)
            name = (named["name"] if named else span.text).split(",")[0].strip()
            if _PERSON.match(name):
                at = span.text.find(name)
                yield fact(
                    "signature",
                    name,
                    collapse_whitespace(name),
                    span,
                    0.65,
                    chars=(at, at + len(name)),
                )
                return

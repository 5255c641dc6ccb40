"""The day from which a contract is in force."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import values
from analysis.extract.contract.clauses import Clause
from analysis.layout.lines import fact
from analysis.model import Fact

_IN_FORCE = re.compile(
    r"\beffective(?:\s+(?:date|as\s+of|on|from))?|\bcommenc\w+|"
    r"\b(?:enters?|comes?)\s+into\s+(?:force|effect)|\btakes?\s+effect|\bbegin(?:s|ning)?\b|"
    r"\bstart(?:s|ing)?\b|"
    r"mit\s+Wirkung|\bbeginnt|\btritt\b|in\s+Kraft|vertragsbeginn|gilt\s+(?:ab|seit)|\bab\s+dem|"
    r"à\s+compter\s+du|prend\w*\s+effet|entr\w+\s+en\s+vigueur|"
    r"a\s+partir\s+del?|efectos?\s+desde|entrar?á?\s+en\s+vigor|"
    r"a\s+decorrere\s+dal|decorre\w*\s+dal|entra\w*\s+in\s+vigore|"
    r"gaat\s+in|treedt\s+in\s+werking|vangt\s+aan|met\s+ingang\s+van|ingangsdatum|"
    r"produz\w*\s+efeitos|entra\w*\s+em\s+vigor|träder\s+i\s+kraft",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\bentered\s+into|\bdated\b|\bmade\s+(?:on|this|as\s+of|the)|\bas\s+of\b|"
    r"\bon\s+(?=(?:this|the)\s+\d)|\bconcluded\b|\bvom\b|\bgeschlossen\s+am|"
    r"\bconclu\s+le|\bstipulato\s+il|\bdate\s+of\s+(?:this\s+)?agreement|\bhave\s+on\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^|\b)(?:fait\s+(?:en\s+[\w ]+)?à|firman?\s+en|ort,?\s*datum|aldus\s+\w+\s+te|"
    r"getekend|en\s+\w+,\s+a|"
    r"luogo\s+e\s+data|date\s*:)|^[^\W\d_][\w .'-]{1,30},\s*(?:den|le|il|a)?\s*(?=\d)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"letter\s+of\s+intent|prior\s+agreement|amend|supersed|replac|frühere|terminat|expir|born|"
    r"geboren|née?\b|nato\b|nacid|handelsregister|regist",
    re.IGNORECASE,
)
_BEHIND_LABEL = 60
"""Characters before and behind a date in which its label is searched."""
_EARLY = 15
"""Number of passages from the start in which a contract states its date."""
_FORCE = 0.9
"""The confidence of a day beside words such as `effective date`."""
_EARLY_MADE = 0.88
"""The confidence of a day behind `made` or `dated` among the first passages."""
_LATE_MADE = 0.5
"""The same further below, where the words are often about another agreement."""
_AT_SIGNING = 0.45
"""The confidence of a day beside a signature, or that begins an early sentence."""


def find(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Each day that may be the first one, with the confidence of the words around it.

    Words about another event or agreement halve the confidence.
    """
    for clause in clauses:
        text = clause.text
        is_early = clause.number < _EARLY
        for date in values.dates(text):
            before = text[max(0, date.start - _BEHIND_LABEL) : date.start]
            before_it = before.rpartition(". ")[2]
            behind = text[date.end : date.end + _BEHIND_LABEL]
            if _IN_FORCE.search(before_it) or re.match(
                r"\W*\(?the\W+effective\W+date", behind, re.IGNORECASE
            ):
                confidence = _FORCE
            elif _MADE.search(before_it):
                confidence = _EARLY_MADE if is_early else _LATE_MADE
            elif re.match(r"\W*in\s+Kraft|\W*beginn", behind, re.IGNORECASE):
                confidence = _FORCE
            elif _SIGNED.search(before) or (is_early and not before_it.strip()):
                confidence = _AT_SIGNING
            else:
                continue
            if _OTHER.search(before_it):
                confidence *= 0.5
            chars = (date.start, date.end)
            span, place = clause.passage.place(*chars)
            yield fact("effective_date", date.printed, date.value, span, confidence, chars=place)

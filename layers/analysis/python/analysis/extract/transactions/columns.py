"""The heads of the columns of statements, in the languages of banks."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from analysis.layout.grid import Column, separated
from analysis.layout.lines import TextLine, collapse_whitespace

_ROLES: Mapping[str, str] = {
    "value_date": (
        r"value(?:\s*date)?|valuta|wert(?:stellung)?(?:stag)?|post(?:ing|ed)?(?:\s*date)?|"
        r"date\s*(?:de\s*)?valeur|valeur|fecha\s*valor|f\.?\s*valor|valor|data\s*valuta|rentedatum"
    ),
    "date": (
        r"(?:trans(?:action)?\.?\s*|purchase\s*)?date|trans\.?|date\s*of\s*(?:the\s*)?(?:transaction|purchase|sale)|(?:buchungs?|umsatz|beleg)-?\s?(?:tag|datum)|buchung|"
        r"bu\.?-?\s?tag|datum|date\s*(?:de\s*l['\u2019])?\s*(?:op[ée]ration|comptable)?|fecha"
        r"(?:\s*(?:de\s*)?operaci[óo]n)?|f\.?\s*oper\w*|data(?:\s*(?:operazione|contabile))?|boekdatum"
    ),
    "text": (
        r"(?:transaction\s*|payment\s*(?:type\s*and\s*)?)?(?:description|details)|particulars|"
        r"transactions?|narrative|payee|merchant(?:\s*name)?|reference|"
        r"buchungstext|verwendungszweck|vorgang|umsatztext|erläuterung\w*|text|empfänger.*|"
        r"buchung\s*/\s*verwendungszweck|"
        r"libell[ée]|nature\s*(?:de\s*l['\u2019]|des\s*)op[ée]rations?|op[ée]rations?|d[ée]signation|"
        r"concepto|descripci[óo]n|movimiento|descrizione(?:\s*\w+)?|causale|"
        r"omschrijving|mededelingen|naam(?:\s*/\s*omschrijving)?"
    ),
    "direction": (
        r"af\s*/\s*bij|bij\s*/\s*af|s\s*/\s*h|soll\s*/\s*haben|d\s*/\s*c|c\s*/\s*d|dr\.?\s*/\s*cr\.?|"
        r"cr\.?\s*/\s*dr\.?|debit\s*/\s*credit|d[ée]bit\s*/\s*cr[ée]dit|\+\s*/\s*-"
    ),
    "out": (
        r"(?:paid|money|payments?)\s*out|withdrawals?|debits?(?:\s*amount)?|payments?|charges|soll|"
        r"belastung(?:en)?|lastschrift(?:en)?|ausg(?:ang|aben)|auszahlung(?:en)?|d[ée]bits?|cargos?|debe|"
        r"addebiti?|dare|uscite|(?:bedrag\s*)?af|debet"
    ),
    "in": (
        r"(?:paid|money|payments?)\s*in|deposits?|credits?(?:\s*amount)?|receipts|haben|"
        r"gutschrift(?:en)?|eing(?:ang|änge)|einnahmen|einzahlung(?:en)?|cr[ée]dits?|abonos?|haber|"
        r"accrediti?|avere|entrate|(?:bedrag\s*)?bij|credit"
    ),
    "amount": (
        r"(?:transaction\s*)?amount|betrag|umsatz|montant|importe|importo|bedrag|belopp|beløb"
    ),
    "balance": (
        r"(?:running\s*|account\s*|ledger\s*|closing\s*)?balance|(?:konto)?saldo|kontostand|solde|"
        r"saldo\s*(?:final|contabile)?"
    ),
}
_COMPILED = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES.items())
_DECORATION = re.compile(
    r"[\s(\[]*(?:in\s*)?(?:€|\$|£|eur|euro|usd|gbp|chf|[+-])[)\]]*$|\s*\([^)]{1,12}\)$",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(r"^(?:€|\$|£|eur|usd|gbp|chf)\s*", re.IGNORECASE)
_OR = re.compile(r"\s*/\s*|\s+(?:or|and|und|oder|et|ou|y|o|e|en|of|&)\s+", re.IGNORECASE)
"""What joins the names of one column: `Merchant name or description`."""
_CLOSE = 0.9
"""Heights of a head below which the gap between its two lines is."""
_FEWEST_HEADS = 3
"""Fewest different known heads in a row of heads."""
_MOSTLY = 0.6
"""The share of known heads from which a row is one of heads."""


@lru_cache(maxsize=4096)
def role_of(head: str) -> str | None:
    """The role of a column with this head, perhaps with an addition; None if it is unknown."""
    text = _CURRENCY_BEFORE.sub("", collapse_whitespace(head).strip(" .:*"))
    for _ in range(2):
        for role, pattern in _COMPILED:
            if pattern.fullmatch(text):
                return role
        text = _DECORATION.sub("", text).strip(" .:*")
    parts = _OR.split(text)
    roles = {role_of(part) for part in parts} if len(parts) > 1 else set()
    return roles.pop() if len(roles) == 1 else None


def stacked(above: TextLine, row: TextLine) -> TextLine:
    """Heads of two lines as one row: `Date of` above `Transaction`."""
    joined: TextLine = []
    for span in row:
        over = [
            other for other in above
            if other.box.overlap(span.box) > 0
            and span.box.top - other.box.bottom < _CLOSE * span.box.height
        ]  # fmt: skip
        if len(over) == 1:
            text, box = f"{over[0].text} {span.text}", over[0].box.union(span.box)
            joined.append(replace(span, text=text, box=box))
        else:
            joined.append(span)
    return joined


def columns(row: TextLine) -> list[Column] | None:
    """The columns below a row of heads; None if it is something else."""
    if any(role_of(span.text) for span in row):
        row = separated(row, role_of)
    roles = [role_of(span.text) for span in row]
    known = set(filter(None, roles))
    if len(known) < _FEWEST_HEADS or sum(map(bool, roles)) < _MOSTLY * len(row):
        return None
    if not known & {"amount", "balance"} and not {"in", "out"} <= known:
        return None
    if not known & {"date", "value_date", "text"}:
        return None
    if "date" not in known and "value_date" in known:
        roles = ["date" if role == "value_date" else role for role in roles]
    return [
        Column(role or "other", span.box, span.text) for role, span in zip(roles, row, strict=True)
    ]

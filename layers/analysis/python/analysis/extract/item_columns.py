"""The heads of the columns of line items, in the languages of invoices."""

import re
from collections.abc import Mapping

from analysis.layout.grid import Column
from analysis.layout.lines import TextLine

_ROLES: Mapping[str, str] = {
    "unit_price": (
        r"(?:einzel|stück|netto|brutto|listen)?-?preis(?:\s*/\s*\w+)?|e-?preis|ep|"
        r"(?:unit|net|list|gross)?\s*price(?:\s*each)?|"
        r"(?:unit\s*|hourly\s*)?rate|unit\s*cost|each|"
        r"p\.?\s?u\.?(?:\s*ht)?|prix(?:\s*unitaire)?(?:\s*ht)?|"
        r"prezzo(?:\s*unit\w*)?|precio(?:\s*unit\w*)?|stuk_?prijs|(?:eenheids)?prijs|ansatz|tarif|"
        r"preço(?:\s*unit\w*)?|cena(?:\s*(?:jedn\w*|netto))*|à-?pris|á-?pris|pris|単価|单价|單價"
    ),
    "amount": (
        r"(?:(?:netto|brutto|gesamt|positions|zeilen)-?)?(?:betrag|summe|wert)|"
        r"gesamt(?:preis|netto)?|"
        r"entgelt|g-?preis|gp|"
        r"(?:line\s*|net\s*|ext(?:ended|\.)?\s*|total\s*)?(?:amount|total|price\s*total)|"
        r"ext(?:ended)?\s*price|total\s*price|cost|charge|"
        r"(?:montant|total|prix\s*total)(?:\s*(?:ht|ttc))?|importo|totale|importe|"
        r"(?:netto\s*)?bedrag|totaal|valor(?:\s*total)?|wartość(?:\s*(?:netto|brutto))?|belopp|summa|"
        r"celkem|částka|金額|金额|小計"
    ),
    "quantity": (
        r"menge|anzahl|stück|stk|qty|quantity|hours|hrs|days|units|usage|\w*\s?used|"
        r"quantité|qté|"
        r"(?:u\.?m\.?)?\s?q\.?tà|quantità|cantidad|cant|aantal|quantidade|qtd|ilość|antal|množství|"
        r"数量|數量"
    ),
    "description": (
        r"(?:artikel|leistungs|produkt|waren)?-?\s?(?:beschreibung|bezeichnung)|"
        r"artikel|leistung(?:en)?|"
        r"produkt|position|text|(?:item\s*|product\s*|service\s*)?description(?:\s*of\s*\w+)?|"
        r"items?|products?|services?|details|particulars|work|"
        r"désignation|description|libellé|prestation|article|descrizione|descripción|concepto|"
        r"omschrijving|descrição|opis|nazwa(?:\s*towaru.*)?|benämning|beskrivning|popis|název|"
        r"品名|品目|内容|項目|名称|商品名?|描述"
    ),
    "discount": (r"rabatt|(?:discount|disc)\.?|sconto|remise|descuento|dto|korting|rab"),
    "tax": (
        r"(?:ust|mwst|vat|tva|iva|btw|gst|tax|moms|dph|steuer)(?:[\s-]?(?:satz|rate|code))?|"
        r"steuersatz|aliquota|税率"
    ),
    "number": (
        r"pos|#|nr|no|n°|lfd\s?nr|art(?:ikel)?-?\s?nr|item\s*(?:no|code|#)|sku|code|gtin|"
        r"ref|réf|line|art-?nr-?\w+|cod|código|codice|položka|lp"
    ),
    "date": (r"date|datum|data|fecha|tag|日付"),
    "unit": (r"einheit|unit|uom|u\.?m|me|unité|unità|eenheid|jm|単位"),
}
_DECORATION = (
    r"(?:\s*[(\[]?(?:in\s*)?(?:%|€|\$|£|eur|usd|gbp|chf|kč|zł|ht|ttc|netto|net|brutto)[)\]]?)*"
)
_COMPILED = tuple(
    (role, re.compile(rf"(?:{pattern}){_DECORATION}", re.IGNORECASE))
    for role, pattern in _ROLES.items()
)
_SHORT_NAME = re.compile(r"items?|article|artikel|position|product|service|text", re.IGNORECASE)
"""Heads that are a code's, if another column has the description."""
_EDGES = " .:*\t|"
_FEWEST_HEADS = 3
_FEWEST_OF_TWO = 2
_MOSTLY = 0.5


def role_of(head: str) -> str | None:
    """The role of a column with this head."""
    text = head.strip(_EDGES)
    return next((role for role, pattern in _COMPILED if pattern.fullmatch(text)), None)


def columns(row: TextLine) -> list[Column] | None:
    """The columns below a row of heads; None if the row is something else.

    Line items have a description or a number, and an amount or a price.
    """
    roles = [role_of(span.text) for span in row]
    known = [role for role in roles if role]
    if len(known) < min(_FEWEST_HEADS, len(row)) or len(known) < _MOSTLY * len(row):
        return None
    names = set(known)
    counted = {"quantity", "unit_price", "amount"} <= names and roles[0] is None
    describes = counted or bool(names & {"description", "number"})
    counts = bool(names & {"quantity", "unit_price"})
    pays = bool(names & {"amount", "unit_price"})
    is_head = describes and pays and (counts or "amount" in names)
    if not is_head or len(row) < _FEWEST_OF_TWO or len(names) < _FEWEST_OF_TWO:
        return None
    roles[0] = "description" if counted else roles[0]
    if roles.count("description") > 1:
        roles = [
            "number" if role == "description" and _SHORT_NAME.fullmatch(span.text.strip(_EDGES))
            else role for span, role in zip(row, roles, strict=True)
        ]  # fmt: skip
    return [Column(role or "other", span.box) for span, role in zip(row, roles, strict=True)]


def is_more_head(row: TextLine) -> bool:
    """Whether a row below the head continues it: all its cells are heads."""
    return all(role_of(span.text) for span in row)

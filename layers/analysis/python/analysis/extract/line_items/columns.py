"""The heads of the columns of line items, in the languages of invoices."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from analysis.layout import grid
from analysis.layout.grid import Column
from analysis.layout.lines import TextLine, TextSpan, collapse_whitespace, union_box

_ROLES: Mapping[str, str] = {
    "tax_amount": (
        r"(?:vat|tax|gst|igst|cgst|sgst)\s*(?:amount|amt|value)|(?:mwst|ust|steuer)\.?-?\s?betrag|"
        r"(?:montant|importo|importe|valor|kwota)\s*(?:de\s*la\s*)?(?:tva|iva|vat)|btw-?\s?bedrag|"
        r"cuota(?:\s*iva)?|imposta|momsbelopp"
    ),
    "unit_price": (
        r"(?:einzel|stück|netto|brutto|listen|einheits|grund|verkaufs)?-?\s?preis(?:\s*(?:/|pro|je)\s*"
        r"\w+|\s*einzel)?|e\.?-?\s?preis|ep|einzel|einzelbetrag|(?:stunden|tages)?-?satz|ansatz|tarif|"
        r"(?:unit|net|list|gross|item|sales?|selling|retail|base|your)?\s*price(?:\s*each|\s*(?:/|per)\s*"
        r"\w+|\s*unit)?|u(?:nit)?[/.]?\s*price|(?:unit\s*|hourly\s*|day\s*|daily\s*)?rate"
        r"(?:\s*(?:/|per)\s*\w+)?|unit\s*(?:cost|amount|value|charge)|cost\s*(?:per\s*unit|each)|each|"
        r"p\.?\s?u\.?|prix(?:\s*(?:unitaire|unit|u|/\s?u\w*))?|tarif(?:\s*horaire)?|taux\s*horaire|"
        r"(?:prezzo|costo|importo|pr|p)\.?\s?unit\w*|prezzo(?:\s*un)?|"
        r"(?:precio|valor|importe|p|vl|costo)\.?\s?(?:unit\w*|/\s?u\w*|ud)|precio|pvp|"
        r"(?:stuk|stuks|eenheids)?_?prijs(?:\s*(?:per|/)\s*\w+)?|(?:uur)?tarief|per\s*stuk|"
        r"preço(?:\s*unit\w*)?|(?:jedn\w*\.?\s*)?cena(?:\s*(?:jedn\w*|netto|za\s*\w+|/\s?\w+))*|"
        r"[àáa]-?\s?pris|(?:stk|styck|enheds|enhets)?\.?\s?pris(?:\s*(?:/|pr\.?)\s*\w+)?|単価|单价|單價"
    ),
    "amount": (
        r"(?:(?:netto|brutto|gesamt|positions?|zeilen|rechnungs|end|waren|teil)-?\s?)*"
        r"(?:betrag|summe|wert|preis)(?:\s*gesamt)?|gesamt(?:netto|\s*netto|\s*brutto)?|netto|brutto|"
        r"entgelt|g\.?-?\s?preis|gp|kosten|honorar|"
        r"(?:(?:line|net|gross|item|total|ext(?:ended|n)?\.?|sub|invoice|goods|taxable)[\s-]*)*"
        r"(?:amount|amt|total|value|price|price\s*total|cost|charges?|ext(?:ended|ension)?|net)|fee|"
        r"(?:montant|total|valeur|prix\s*total|net)(?:\s*(?:total|net|ligne|ht|ttc))*|"
        r"(?:importo|totale|valore|prezzo\s*totale|imponibile)(?:\s*(?:totale|netto|riga))?|tot|"
        r"(?:importe|precio\s*total|valor|subtotal|base)(?:\s*(?:total|neto|líquido))?|"
        r"(?:netto\s*|totaal|regel|sub)?-?\s?bedrag|(?:sub)?totaal(?:prijs)?|prijs\s*totaal|"
        r"preço\s*total|montante|wartość(?:\s*(?:netto|brutto))?|kwota|bel[oø]pp?|beløb|summa|sum|"
        r"(?:pris\s*)?i\s*alt|totalt|(?:cena\s*)?celkem(?:\s*(?:bez|s)\s*dph)?|částka|金額|金额|小計"
    ),
    "quantity": (
        r"menge|mng|anzahl|stück(?:zahl)?|stk|std|stunden|tage|dauer|aufwand|"
        r"(?:qty|quantity|quant)(?:\s*(?:ordered|shipped|delivered|invoiced|supplied))?|"
        r"(?:no\.?\s*of\s*)?(?:hours|hrs|days|units|pcs|nights|nos)|shipped|usage|\w*\s?used|"
        r"quantités?|qt[ée]s?|nbr?e?|nombre|heures|jours|"
        r"(?:u\.?m\.?)?\s?q\.?\s?t[àa]'?|quantità|ore|pezzi|cantidad|cant|uds|unidades|horas|"
        r"aantal|stuks|uren|hoeveelheid|quantidade|qtde?|ilość|antal|ant|množství|počet|timer|"
        r"tim|timmar|mængde|verbrauch|verbruik|consumption|consommation|consumo|zużycie|spotřeba|"
        r"förbrukning|forbrug|数量|數量|使用量"
    ),
    "description": (
        r"(?:artikel|leistungs|produkt|waren)?-?\s?(?:be(?:schreibung|zeichnung))|"
        r"(?:artikel|waren|produkt)text|artikel|leistung(?:en)?|tätigkeit|ware|"
        r"produkt|position|text|(?:items?\s*|product\s*|service\s*|work\s*)?(?:&\s*|and\s*)?"
        r"desc(?:r(?:iption)?)?(?:\s*of\s*[\w ]+)?|(?:product|item|service)\s*name|activity|task|"
        r"items?|products?|services?|details|particulars|work|goods|charges?|"
        r"désignation|description|libellé|prestations?|articles?|produit|intitulé|"
        r"descrizione(?:\s*[\w ]+)?|articolo|prodotto|servizio|prestazione|"
        r"descripción|concepto|artículo|producto|servicio|detalle|"
        r"omschrijving|artikel|product|dienst|werkzaamheden|descrição|designação|produto|artigo|"
        r"opis|nazwa(?:\s*towaru.*)?|benämning|beskriv(?:ning|else)|tekst|vare|tjänst|"
        r"popis|název|označení(?:\s*dodávky)?|品名|品目|内容|項目|名称|商品名?|描述"
    ),
    "discount": (
        r"rabatt|nachlass|abzug|(?:discount|disc|rebate)|sconto|sc|remise|rem|réduction|descuento|"
        r"dto|dcto|desconto|korting|rab(?:at)?|sleva"
    ),
    "tax": (
        r"(?:taux\s*(?:de\s*)?|aliquota\s*|tipo\s*|%\s*)?(?:ust|mwst|vat|tva|iva|btw|gst|hst|tax|moms|"
        r"mva|dph|steuer|sales\s*tax)(?:[\s-]?(?:satz|rate|code|tarief))?|steuersatz|aliquota|aliq|"
        r"stawka(?:\s*vat)?|sazba(?:\s*dph)?|税率"
    ),
    "number": (
        r"(?:art(?:ikel|icle|icolo)?|item|product|produkt|part|stock|catalog(?:ue)?|material|bestell|"
        r"sach|model|hsn|sac|service|code)[\s.-]*(?:nr|no|num(?:mer|ber|éro)?|code|id|#)(?:[\s.-]\w+)?|"
        r"sku|code|gtin|ean|upc|hsn(?:/sac)?|material|ref|réf(?:érence)?|referen(?:cia|z|ce)|"
        r"(?:code|cod|codice|código|kod)(?:\s*art\w*)?|artikelcode|productcode|artikelnr|položka|"
        r"art-?nr-?\w+|cód(?:igo)?(?:\s*art\w*)?|indeks|index|symbol|sifra|varenr|varenummer|"
        r"kód(?:\s*zboží)?|katalog\w*|nr\s*(?:kat|art)\w*|品番|商品コード|货号|编号|型番"
    ),
    "position": (
        r"pos|poz|#|nr|no|num|n|n°|n\.º|nº|lfd(?:\.?\s?nr)?|line|ln|row|s[rl]?\.?\s?no|s[rl]|s/n|"
        r"serial(?:\s*no)?|riga|lp|l\.p|regel|ligne|línea|linha|poř(?:\.?\s*č)?|p\.?\s?č|序号|番号|项次|№"
    ),
    "date": (
        r"(?:service|work|delivery)?\s*date(?:\s*of\s*service)?|(?:leistungs|liefer)?-?datum|data|"
        r"fecha|tag|jour|dag|giorno|日付"
    ),
    "unit": (
        r"(?:mengen)?-?einh(?:eit)?|eh|unit(?:\s*of\s*measure)?|uom|u\.?\s?m|me|unité|u|unità|unidad|ud|"
        r"unidade|un|eenh(?:eid)?|j\.?\s?m|mj|enhet|enhed|per|単位"
    ),
}
_COMPILED = tuple(
    (role, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for role, pattern in _ROLES.items()
)
_MONEY = r"€|\$|£|eur|euro|usd|gbp|chf|kč|zł|pln|czk|sek|dkk|nok|rm|inr|aud|cad|sgd|rs"
_DECORATION = re.compile(
    rf"[\s.:*|]+(?:(?:in\s*)?(?:%|{_MONEY}|h|ht|ttc|h\.t|netto|net|brutto|(?:ex(?:cl|kl)?|in(?:cl|kl))\.?"
    r"\s*(?:vat|tax|gst|mwst|ust|btw|iva|tva|moms)?))$|[%€$£]$|\s*[(\[][^)\]]{1,18}[)\]]$|"
    r"\s+(?:hors\s*taxes?|sin\s*iva|bez\s*dph|imp)$",
    re.IGNORECASE,
)
"""A currency, a sign, or a word in brackets after a head."""
_OF_MONEY = re.compile(rf"(?<![^\W\d_])(?:{_MONEY})(?![^\W\d_])", re.IGNORECASE)
"""What makes the unit of a head the price of one: `Unit £`."""
_LEADING = re.compile(rf"^(?:%|{_MONEY})\s+", re.IGNORECASE)
_CHARGES = re.compile(
    r"(?:type\s*of\s*)?(?:charges?|fees?|costs?)|kosten|frais|spese|gastos|costi", re.IGNORECASE
)
"""Heads of amounts that are those of descriptions, if another column has the amounts."""
_SHORT_NAME = re.compile(
    r"items?|arti(?:kel|cles?|colo|go)|artículo|position|prod(?:uct|ukt|uit|otto|ucto|uto)|"
    r"servi(?:ces?|zio|cio|ço)|vare|text|no|nr",
    re.IGNORECASE,
)
"""Heads that are a code's, if another column has the description."""
_DESCRIBES = frozenset(["description", "number", "position"])
"""The columns that tell items apart."""
_EDGES = " .:*-\t|"
_DECORATIONS = 3
"""Most additions of a head that are removed one by one, such as a unit in brackets."""
_FEWEST_HEADS = 3
"""Fewest known heads in a row of heads; if it has fewer runs of text, all of them."""
_FEWEST_OF_TWO = 2
"""Fewest runs of text, and different roles, in a row of heads."""
_MOSTLY = 0.5
"""The share of known heads from which a row is one of heads."""
_LONGEST = 60
"""Most characters of a head; longer texts are sentences."""
_HEAD_ROWS = 3
"""Most rows of one head."""
_NEAR = 1.3
"""How many heights below the row before it a row may be, to be part of the same head."""


@lru_cache(maxsize=4096)
def role_of(head: str) -> str | None:
    """The role of a column with this head; of a head in two languages, that of the first known."""
    text = collapse_whitespace(head.replace("_", " ")).strip(_EDGES)
    if len(text) > _LONGEST:
        return None
    whole = _role_of_text(text)
    if whole is not None or "/" not in text:
        return whole
    return next(filter(None, map(_role_of_text, text.split("/"))), None)


def _role_of_text(text: str) -> str | None:
    whole = text = text.strip(_EDGES)
    for _ in range(_DECORATIONS):
        role = next((role for role, pattern in _COMPILED if pattern.fullmatch(text)), None)
        if role == "unit" and _OF_MONEY.search(whole[len(text) :]):
            role = "unit_price"
        plain = _DECORATION.sub("", text).strip(_EDGES)
        if role is not None or plain in {text, ""}:
            break
        text = plain
    if role is None and _LEADING.match(text):
        return _role_of_text(_LEADING.sub("", text))
    return role


def columns(row: TextLine) -> list[Column] | None:
    """The columns below a row of heads; None if the row is something else.

    Line items have a description or a number, and an amount or a price.
    """
    roles = [role_of(span.text) for span in row]
    if not any(roles):
        return None
    if not all(roles):
        row = grid.separated(row, role_of)
        roles = [role_of(span.text) for span in row]
    if _CHARGES.fullmatch(row[0].text.strip(_EDGES)) and "amount" in roles[1:]:
        roles[0] = "description" if "description" not in roles else roles[0]
    known = [role for role in roles if role]
    if len(known) < min(_FEWEST_HEADS, len(row)) or len(known) < _MOSTLY * len(row):
        return None
    names = set(known)
    is_unnamed = roles[0] is None and "description" not in names
    counted = is_unnamed and {"quantity", "unit_price", "amount"} <= names
    describes = counted or bool(names & _DESCRIBES)
    counts = bool(names & {"quantity", "unit_price"})
    pays = bool(names & {"amount", "unit_price"})
    is_head = describes and pays and (counts or "amount" in names)
    if not is_head or len(row) < _FEWEST_OF_TWO or len(names) < _FEWEST_OF_TWO:
        return None
    roles[0] = "description" if counted else roles[0]
    described = [place for place, role in enumerate(roles) if role == "description"]
    short = [place for place in described if is_of_names_or_codes(row[place].text)]
    for place in short[: len(described) - 1]:
        roles[place] = "number"
    return [
        Column(role or "other", span.box, span.text) for span, role in zip(row, roles, strict=True)
    ]


def is_of_names_or_codes(head: str) -> bool:
    """Whether a head such as `Product` may be one of names, or of their codes."""
    return bool(_SHORT_NAME.fullmatch(head.strip(_EDGES)))


def head_of(rows: Sequence[TextLine], at: int) -> tuple[list[Column], int] | None:
    """The columns whose head begins at a row, and the number of rows that the head has.

    The words of a head may stand in rows below each other: `Unit` above `price`.
    """
    best, known = None, 0
    whole: TextLine = []
    for count, row in enumerate(rows[at : at + _HEAD_ROWS], 1):
        if whole and not _follows(whole, row):
            break
        whole = _stacked(
            whole, grid.separated(row, role_of) if any(role_of(span.text) for span in row) else row
        )
        found = columns(whole)
        heads = _known(found)
        is_better = heads > known or (heads == known == len(found or ()))
        if found is not None and is_better and (count == 1 or heads > _known(columns(row))):
            best, known = (found, count), heads
    return best


def _known(found: Sequence[Column] | None) -> int:
    return sum(role_of(column.head) is not None for column in found or ())


def _follows(head: TextLine, row: TextLine) -> bool:
    """Whether a row may continue a head above it: near, below it, and without numbers."""
    near = row[0].box.top - max(span.box.bottom for span in head) < _NEAR * row[0].box.height
    return near and row[0].page is head[0].page and not any(
        any(map(str.isdigit, span.text)) for span in row
    )  # fmt: skip


def _stacked(head: TextLine, row: TextLine) -> TextLine:
    """A head with another row: each text joins the one above it."""
    joined = list(head)
    for span in row:
        above = [place for place, other in enumerate(joined) if other.box.overlap(span.box) > 0]
        if len(above) == 1:
            other = joined[above[0]]
            text, box = f"{other.text} {span.text}", union_box([other, span])
            joined[above[0]] = TextSpan(text, box, span.page, other.row)
        else:
            joined.append(span)
    return sorted(joined, key=lambda span: span.box.left)

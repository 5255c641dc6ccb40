"""What an invoice states, found by its labels and checked by its sums."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from analysis import values
from analysis.layout import Labelled, Spot, fact, labelled
from analysis.reading import Fact

type Pages = Sequence[list[list[Spot]]]


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)


_NUMBER = (
    (_label(r"rechnungs\s?-?\s?(?:nummer|nr\.?)|invoice\s*(?:number|no\.?|nr\.?|num|#|id)|(?:num[ée]ro|n[°o]\.?)\s*(?:de\s*)?facture|facture\s*(?:n[°o]\.?|num[ée]ro)|factuurnummer|n[úu]mero\s*de\s*factura|factura\s*n[°ºo]\.?|fattura\s*n\.?|beleg(?:nummer|-?nr\.?)|gutschrift(?:s?nummer|s?-?nr\.?)|document\s*(?:no\.?|number)"), 0.95),  # noqa: E501 long patterns, and thresholds named by their line
    (_label(r"(?:rechnung|invoice|facture|factura|fattura|gutschrift|rechnungskorrektur|credit note|korrekturrechnung)(?:\s*(?:nr|no|n°)\.?)?"), 0.75),  # noqa: E501 long patterns, and thresholds named by their line
)  # fmt: skip
_NUMBER_VALUE = re.compile(r"\(?([A-Z0-9][A-Z0-9/_.\-]{1,30}(?:[ ]\d{2,})?)", re.IGNORECASE)
_DATES = {
    "issue_date": (_label(r"rechnungs\s?-?datum|invoice\s*date|date\s*(?:de\s*(?:la\s*)?)?(?:facture|facturation|d'émission)|date\s*of\s*issue|issue\s*date|issued(?:\s*on)?|belegdatum|ausstellungsdatum|factuurdatum|fecha\s*(?:de\s*)?(?:factura|emisión)|data\s*fattura|gutschriftsdatum"), _label(r"datum|date|fecha|data|vom|den")),  # noqa: E501 long patterns, and thresholds named by their line
    "due_date": (_label(r"fällig(?:keit|keitsdatum)?(?:\s*(?:am|bis|zum))?|due\s*(?:date|on|by)|payment\s*due|zahlbar\s*bis(?:\s*(?:zum|spätestens))?|(?:date\s*d')?échéance|zahlungsziel|vervaldatum|vencimiento|scadenza|payable\s*by"),),  # noqa: E501 long patterns, and thresholds named by their line
    "delivery_date": (_label(r"liefer(?:ungs)?\s?-?\s?datum|leistungs\s?-?\s?datum|leistungszeitpunkt|delivery\s*date|date\s*of\s*(?:supply|delivery)|date\s*de\s*livraison|liefertag|leverdatum"),),  # noqa: E501 long patterns, and thresholds named by their line
}  # fmt: skip
_GROSS = (
    (_label(r"gesamt\s?-?betrag(?:\s*brutto)?|rechnungs\s?-?(?:end)?betrag|rechnungssumme|bruttobetrag|brutto\s*(?:summe|gesamt|betrag)?|gesamtsumme|endsumme|endbetrag|gesamt\s*brutto|(?:grand|invoice)\s*total|total\s*(?:ttc|due|gross|amount|incl[^a-z][^:]*|payable|brutto)|amount\s*(?:due|payable)|balance\s*due|montant\s*(?:total\s*)?ttc|net\s*à\s*payer|zahlbetrag|zu\s*zahlen(?:der\s*betrag)?|totaal(?:bedrag)?|importe\s*total|totale|ttc|total\s*in\s*[a-z]{3}|gesamt(?:preis|forderung)|auszahlungsbetrag|forderungsbetrag"), 0.93),  # noqa: E501 long patterns, and thresholds named by their line
    (_label(r"total|gesamt|summe"), 0.7),
)  # fmt: skip
_NET = _label(r"netto(?:\s?-?\s?(?:betrag|summe|gesamt|warenwert))?|summe\s*netto|gesamt\s*netto|nettobetrag|sub\s?-?total|total\s*(?:ht|net|excl[^:]*)|net\s*(?:amount|total)|montant\s*ht|zwischensumme|warenwert|rechnungsbetrag\s*netto|base\s*imponible|imponibile|tax\s*basis")  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_TAX = _label(r"(?:\d+(?:[.,]\d+)?\s*%\s*)?(?:mwst|mehrwertsteuer|ust|umsatzsteuer(?:betrag)?|steuerbetrag|vat|sales\s*tax|tax|tva|montant\s*tva|btw|iva|gst|versicherung(?:s)?steuer)\.?(?:\s*amount|betrag)?")  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_NOT_GROSS = re.compile(
    r"netto|\bnet\b|ohne|exkl|excl|\bht\b|zuschl|abschl|rabatt|version|sub\s?-?total|skonto|steuerbetrag",
    re.IGNORECASE,
)
_TERMS = _label(r"zahlungs(?:bedingung(?:en)?|ziel|weise)|payment\s*terms|terms|conditions\s*de\s*(?:paiement|règlement)|zahlbar")  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_BUYER = _label(r"bill(?:ed)?\s*to|invoice\s*to|sold\s*to|customer|rechnung\s*an|rechnungsempfänger|kunde|käufer|client|facturé\s*à|adressé\s*à|buyer")  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_SELLER = _label(r"from|seller|vendor|supplier|verkäufer|lieferant|rechnungssteller|vendeur|fournisseur")  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_COMPANY = re.compile(r"\b(?:gmbh|ag|kg|ohg|e\.?\s?k\.?|ug|inc\.?|ltd\.?|limited|llc|corp\.?|s\.?a\.?r\.?l\.?|sas|b\.?v\.?|s\.?r\.?l\.?|s\.?l\.?|plc|gbr|mbh|se|sdn\.?\s*bhd\.?|e\.?\s?v\.?)(?![\w])", re.IGNORECASE)  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
_SENDER_RULE = re.compile(r"\s*(?:[|·•,;]|\s[-–]\s)\s*")  # noqa: RUF001 long patterns, and thresholds named by their line


_TITLE = re.compile(
    r"(?:\bNr\.?|\bNo\.?|\bNumber|n°|#)\s*:?\s*(?P<number>[A-Z0-9][\w/.\-]*\d[\w/.\-]*)\s+(?:vom|dated|du|of|from|,)\s+",
    re.IGNORECASE,
)
_ABOUT_OTHERS = re.compile(r"version|bestell|order|liefer|angebot|offer|auftrag", re.IGNORECASE)
_IBAN_LABEL = re.compile(r"\biban\b", re.IGNORECASE)
_IBAN_LIKE = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_EARLY_ROWS = 25


def find(pages: Pages, currency: str | None) -> Iterator[Fact]:
    """The facts of an invoice, each name's best candidate first."""
    yield from _title(pages)
    yield from _number(pages)
    yield from _doubtful_iban(pages)
    for name, labels in _DATES.items():
        yield from _date(pages, name, labels)
    yield from _sums(pages, currency)
    yield from _parties(pages)
    for page in pages:
        for row in page:
            for spot in row:
                for vat in values.vat_ids(spot.text):
                    yield fact(
                        "seller_vat_id", vat.printed, vat.value, spot, 0.8, (vat.start, vat.end)
                    )
                if re.search(r"\b(?:bic|swift)", spot.text, re.IGNORECASE):
                    for bic in values.BIC.finditer(spot.text):
                        yield fact("bic", bic.group(), bic.group(), spot, 0.93, bic.span())
    for found in labelled(pages, _TERMS):
        if found.relation in {"same", "right"} and len(found.text) > 5:  # noqa: PLR2004 - not a mere colon
            yield fact("payment_terms", found.text, " ".join(found.text.split()), found.spot, 0.6)
            break


def _title(pages: Pages) -> Iterator[Fact]:
    """A heading such as `Rechnung Nr. 471102 vom 05.03.2018` states number and date at once."""
    for row in pages[0][:_EARLY_ROWS] if pages else ():
        for spot in row:
            found = _TITLE.search(spot.text)
            if not found or _ABOUT_OTHERS.search(spot.text[: found.start()]):
                continue
            date = next(values.dates(spot.text[found.end() :]), None)
            if date is None or date.start > 0:
                continue
            number = found["number"]
            yield fact("invoice_number", number, number, spot, 0.97, found.span("number"))
            span = (found.end(), found.end() + date.end)
            yield fact("issue_date", date.printed, date.value, spot, 0.97, span)


def _doubtful_iban(pages: Pages) -> Iterator[Fact]:
    """What is labelled an IBAN but fails its check is still shown, as doubtful."""
    for one in labelled(pages, _IBAN_LABEL):
        found = _IBAN_LIKE.search(one.text)
        if found and not any(values.ibans(one.text)):
            printed = found.group()
            span = (one.offset + found.start(), one.offset + found.end())
            yield fact("iban", printed, printed.replace(" ", ""), one.spot, 0.6, span)


def _number(pages: Pages) -> Iterator[Fact]:
    for label, sure in _NUMBER:
        for one in labelled(pages, label):
            found = _NUMBER_VALUE.match(one.text.strip())
            if not found or not any(sign.isdigit() for sign in found[1]):
                continue
            value = found[1].rstrip(".-/")
            dated = next(values.dates(value), None)
            if (
                len(value) < 2  # noqa: PLR2004 long patterns, and thresholds named by their line
                or (dated and dated.printed == value)
                or one.text.strip().startswith("%")
            ):
                continue
            lower = 0.9 if one.relation == "below" else 1.0
            span = (one.offset, one.offset + found.end())
            yield fact("invoice_number", value, value, one.spot, sure * lower, span)


def _date(pages: Pages, name: str, labels: Sequence[re.Pattern[str]]) -> Iterator[Fact]:
    for strength, label in zip((0.95, 0.75), labels, strict=False):
        for one in labelled(pages, label):
            date = next(values.dates(one.text), None)
            if (
                date is None
                or (name == "issue_date" and _ABOUT_OTHERS.search(one.spot.text))
                or (one.relation == "same" and date.start > 25)  # noqa: PLR2004 long patterns, and thresholds named by their line
            ):
                continue
            span = (one.offset + date.start, one.offset + date.end)
            lower = 0.88 if one.relation == "below" else 1.0
            yield fact(name, date.printed, date.value, one.spot, strength * lower, span)


def _money(one: Labelled) -> values.Amount | None:
    exact = [amount for amount in values.amounts(one.text) if amount.exact]
    return exact[-1] if exact else None


def _sums(pages: Pages, currency: str | None) -> Iterator[Fact]:
    """Net, tax and gross; a gross that is net plus tax is believed more."""
    candidates: dict[str, list[tuple[float, Labelled, values.Amount]]] = {}
    for name, labels in (("gross", _GROSS), ("net", ((_NET, 0.88),)), ("tax", ((_TAX, 0.85),))):
        for label, sure in labels:
            for one in labelled(pages, label):
                before = one.spot.text[: one.offset] if one.relation == "same" else ""
                amount = _money(one)
                if amount is None or (
                    name == "gross"
                    and _NOT_GROSS.search(
                        f"{before} {one.spot.text}" if one.relation == "same" else before
                    )
                ):
                    continue
                lower = 0.7 if one.relation == "below" else 1.0
                candidates.setdefault(name, []).append((sure * lower, one, amount))
    nets = {amount.number for _, _, amount in candidates.get("net", [])}
    taxes = {amount.number for _, _, amount in candidates.get("tax", [])} | {Decimal(0)}
    adds_up = {net + tax for net in nets for tax in taxes if tax}
    largest = max((a.number for _, _, a in candidates.get("gross", [])), default=Decimal(0))
    for name, found in candidates.items():
        for sure, one, amount in found:
            if name == "gross":
                if amount.number in adds_up:
                    sure = min(0.97, sure + 0.2)  # noqa: PLW2901 - the same candidate, surer
                elif amount.number < largest:
                    sure *= 0.85  # noqa: PLW2901 - the same candidate, less sure
            span = (one.offset + amount.start, one.offset + amount.end)
            yield fact(name, amount.printed, dict(amount.money(currency)), one.spot, sure, span)


def _parties(pages: Pages) -> Iterator[Fact]:
    for name, label in (("buyer", _BUYER), ("seller", _SELLER)):
        for one in labelled(pages, label):
            if one.relation != "right" and sum(map(str.isalpha, one.text)) > 3:  # noqa: PLR2004 - a name
                yield fact(name, one.text, " ".join(one.text.split()), one.spot, 0.6)
                break
    if not pages:
        return
    companies = [spot for row in pages[0] for spot in row if _COMPANY.search(spot.text)]
    for spot, sure in zip(companies, (0.7, 0.4), strict=False):
        name = _SENDER_RULE.split(spot.text)[0].strip()
        if name:
            yield fact("seller", name, name, spot, sure)

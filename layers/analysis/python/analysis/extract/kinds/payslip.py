"""The facts of a payslip: employer and employee, the day and the amounts of pay."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from analysis.extract import addressee, label_words, labelled, values
from analysis.extract.invoice import company_names
from analysis.layout.lines import (
    LabelledValue,
    TextLines,
    TextSpan,
    collapse_whitespace,
    fact,
    labelled_values,
)
from analysis.model import Fact


def _label(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])\s*:?", re.IGNORECASE)


_EMPLOYEE = _label(
    r"(?:employee(?:['\u2019]?s)?(?:\s*name)?|name\s*of\s*employee|mitarbeiter(?:in)?|"
    r"arbeitnehmer(?:in)?|name,?\s*vorname|personalname|salarié(?:e)?|nom\s*(?:et|,)?\s*prénom|"
    r"dipendente|cognome\s*e\s*nome|trabajador(?:a)?|nombre\s*(?:y\s*apellidos)?|trabalhador(?:a)?|"
    r"(?:naam\s*)?werknemer|medewerker|pracownik|zaměstnanec|anställd|medarbejder)"
    r"(?!\W*(?:n[or°º]|number|nummer|num|id|ref|code|n\.?i\.?|national|contribution|share|pension))"
)
_NAME = re.compile(
    r"^\W*(?:name|nom|nome|naam|nombre|namn|navn|nazwisko|jméno)\s*:?\s*$", re.IGNORECASE
)
"""A label that only has to be the employee's if nothing else names one."""
_LESS = 0.75
"""The confidence of such a name."""
_EMPLOYERS = (
    r"(?:employer(?:\s*name)?|company(?:\s*name)?|arbeitgeber|firma|employeur|azienda|empresa|"
    r"werkgever|pracodawca|zaměstnavatel|arbetsgivare|arbejdsgiver)"
)
_EMPLOYER = _label(
    rf"^\W*(?:name\s*of\s*(?:the\s*)?|nom\s*de\s*l['\u2019])?{_EMPLOYERS}|{_EMPLOYERS}(?=\s*:)"
)
"""At the start of a text: contributions and columns have the word behind others."""
_PAID = _label(
    r"pay(?:ment)?\s*date|pay\s*day|date\s*(?:paid|of\s*payment)|paid\s*on|"
    r"(?:che(?:ck|que)|process|payroll|advice)\s*date|"
    r"zahltag|auszahlungs(?:datum|tag)|(?:überweisung|auszahlung|zahlung|überwiesen|ausgezahlt)\s*(?:am|zum|per)|"
    r"date\s*(?:de\s*|du\s*)?(?:paiement|virement)|(?:pay[ée]|paiement|virement|vers[ée]|vir[ée])\s*(?:le|du)|"
    r"data\s*(?:di\s*)?(?:pagamento|valuta)|pagat[oa]\s*il|"
    r"fecha\s*de\s*(?:pago|abono)|pago\s*el|data\s*de\s*pagamento|pago\s*em|(?:uit)?betaal_?datum|"
    r"datum\s*(?:uit)?betaling|(?:uit)?betaald\s*op|"
    r"utbetalnings(?:dag|datum)|utbetalas|udbetalings(?:dag|dato)|data\s*wypłaty|datum\s*výplaty"
)
_GROSS = _label(
    r"(?:total\s*)?gross(?:\s*(?:pay|earnings|salary|wages))?|gesamt-?\s?brutto|brutto(?:lohn|gehalt|"
    r"bezüge|verdienst)|salaire\s*brut|total\s*brut|brut\s*total|retribuzione\s*lorda|totale\s*lordo|"
    r"total\s*devengado|total\s*ilíquido|bruto\s*loon|bruttolön"
)
_PAID_OUT = _label(
    r"auszahlungs_?\s?betrag|überweisungs_?\s?betrag|net\s*pay[ée](?:\s*en\s*euros)?|"
    r"net\s*à\s*payer(?:\s*après\s*imp[ôo]t[^\d:]{0,20}|(?!\s*avant))|netto\s*(?:in\s*busta|a\s*pagare)|"
    r"líquido\s*a\s*(?:percibir|receber)|net\s*pay(?:ment|able)?|take\s*home(?:\s*pay)?|"
    r"(?:uit)?betaald\s*bedrag|att\s*utbetala|til\s*udbetaling|do\s*wypłaty|k\s*výplatě"
)
"""The label of what is paid out; deductions from the net wages may come before it."""
_NET = _label(
    r"net\s*(?:salary|wages)|netto-?\s?(?:lohn|gehalt|bezüge|verdienst)|"
    r"net\s*à\s*payer|líquido|netto\s*loon|nettolön"
)
_OTHER_SUM = re.compile(
    r"\b(?:y\.?t\.?d|t\.?d|to[\s-]*date|cumul\w*|kumul\w*|aufgelaufen\w*|annu\w+|jahres\w*|"
    r"avant\s+imp[ôo]t|for\s+(?:tax|ni)|taxable|imponibile|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""Words at a label of the sum of a year, or of what taxes are computed from."""
_OF_THE_YEAR = re.compile(
    r"\by\.?t\.?d\b|\byear\s+to\s+date\b|\bcumuls?\b|\bjahreswerte\b|\bkumuliert\b|"
    r"\bprogressiv[oi]\b|\bacumulado\b",
    re.IGNORECASE,
)
"""The heading of sums of a year."""
_STATED = 0.88
"""The confidence of a value at its label, before calibration."""
_TITLE = re.compile(
    r"pay\s?(?:slip|stub|advice)|abrechnung|verdienst|bulletin|busta|nómina|statement|recibo|cedolino|"
    r"specifica|lönespec|lønseddel|\b(?:blatt|page|seite|hoja)\b",
    re.IGNORECASE,
)
_FIRST_LINE = 0.7
"""The confidence of an employer without a label: the first name on the page."""
_AMOUNT = re.compile(r"\d[.,]\d\d\b")
_BELOW = 0.85
"""The factor for an amount below its label, where another label's may stand."""
_HEAD = 3
"""First rows that may be a letterhead."""
_LETTERS = 3
"""Number of letters that a name in the letterhead exceeds."""


def find(pages: Sequence[TextLines], currency: str | None, *, month_first: bool) -> Iterator[Fact]:
    """The facts of a payslip; its employer without a label is the letterhead's."""
    employee = [*labelled.names(pages, "employee", _EMPLOYEE, _STATED)] or [
        *labelled.names(pages, "employee", _NAME, _LESS)
    ]
    yield from employee or _addressed(pages)
    employer = list(labelled.names(pages, "employer", _EMPLOYER, _STATED))
    yield from employer or _letterhead(pages)
    yield from labelled.dates(pages, "pay_date", _PAID, _STATED, month_first=month_first)
    yield from _sum(pages, "gross_pay", _GROSS, currency)
    paid_out = list(_sum(pages, "net_pay", _PAID_OUT, currency))
    yield from paid_out or _sum(pages, "net_pay", _NET, currency)


def _sum(
    pages: Sequence[TextLines], name: str, label: re.Pattern[str], currency: str | None
) -> Iterator[Fact]:
    """The nearest amount at a label, of the period rather than of the year."""
    stated: list[tuple[bool, Fact]] = []
    for rows in pages:
        headings = [span for row in rows for span in row if _OF_THE_YEAR.search(span.text)]
        for candidate in labelled_values([rows], label):
            exact = next((found for found in values.amounts(candidate.text) if found.exact), None)
            if exact is None or _is_of_other_sum(candidate, label):
                continue
            chars = (candidate.offset + exact.start, candidate.offset + exact.end)
            confidence = _STATED * (_BELOW if candidate.relation == "below" else 1.0)
            money = exact.money(currency)
            found = fact(name, exact.printed, money, candidate.span, confidence, chars=chars)
            is_of_year = any(
                heading.row < candidate.at.row
                and (heading.box.overlap(candidate.span.box) > 0
                     or heading.box.overlap(candidate.at.box) > 0)
                for heading in headings
            )  # fmt: skip
            stated.append((is_of_year, found))
    stated.sort(key=lambda entry: entry[0])
    yield from [found for _, found in stated[:1]]


def _is_of_other_sum(candidate: LabelledValue, label: re.Pattern[str]) -> bool:
    """Whether the words around a label, up to the next amount, are those of another sum."""
    text, start = candidate.at.text, len(candidate.before)
    match = label.match(text, start)
    behind = re.split(r"\d[.,]|[€$£]", text[match.start() if match else start :])[0]
    before = candidate.before if not _AMOUNT.search(candidate.before) else ""
    return bool(_OTHER_SUM.search(f"{before}{behind}"))


def _addressed(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The name above the address, if no label names the employee."""
    for span, confidence in (name for page in pages[:1] for name in addressee.names(page)):
        value = collapse_whitespace(span.text)
        plain = addressee.without_title(value)
        yield fact("employee", value, plain, span, confidence)


def _letterhead(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The first name on the page, or else the first with a legal form, which is the employer's."""
    rows = [row for page in pages[:1] for row in page]
    above_labels = takewhile(lambda row: not any(map(_is_label, row)), rows[:_HEAD])
    head = [
        span for row in above_labels for span in row
        if sum(map(str.isalpha, span.text)) > _LETTERS
        and not any(map(str.isdigit, span.text)) and not _TITLE.search(span.text)
    ]  # fmt: skip
    formed = [span for row in rows for span in row if _is_company(span.text)]
    for span in (head or formed)[:1]:
        name = company_names.without_address(span.text)
        chars = (span.text.find(name), span.text.find(name) + len(name))
        whole = chars[0] < 0
        value = collapse_whitespace(span.text if whole else name)
        yield fact("employer", value, value, span, _FIRST_LINE, chars=None if whole else chars)


def _is_label(span: TextSpan) -> bool:
    return label_words.is_label(span.text)


def _is_company(text: str) -> bool:
    """Whether a text is a name with a legal form behind it, and no title."""
    match = company_names.COMPANY.search(text)
    return (
        match is not None and match.start() > _LETTERS and not _TITLE.search(text[: match.start()])
    )

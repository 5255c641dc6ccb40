"""The facts of a payslip: employer and employee, the day and the amounts of pay."""

import re
from collections.abc import Iterator, Sequence

from analysis.extract import addressee, labelled
from analysis.layout.lines import TextLines, collapse_whitespace, fact
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
_EMPLOYER = _label(
    r"employer(?:\s*name)?|company(?:\s*name)?|arbeitgeber|firma|employeur|azienda|empresa|werkgever"
)
_PAID = _label(
    r"pay(?:ment)?\s*date|pay\s*day|date\s*(?:paid|of\s*payment)|(?:che(?:ck|que)|process|payroll|advice)\s*date|"
    r"zahltag|auszahlungs(?:datum|tag)|date\s*(?:de\s*|du\s*)?paiement|pay[ée]\s*le|data\s*(?:di\s*)?pagamento|"
    r"fecha\s*de\s*(?:pago|abono)|data\s*de\s*pagamento|(?:uit)?betaal_?datum|datum\s*(?:uit)?betaling|"
    r"utbetalnings(?:dag|datum)|udbetalings(?:dag|dato)|data\s*wypłaty|datum\s*výplaty"
)
_GROSS = _label(
    r"(?:total\s*)?gross(?:\s*(?:pay|earnings|salary|wages))?|gesamt-?brutto|brutto(?:lohn|gehalt|"
    r"bezüge|verdienst)|salaire\s*brut|total\s*brut|retribuzione\s*lorda|total\s*devengado|"
    r"bruto\s*loon"
)
_NET = _label(
    r"net\s*(?:pay(?:ment|able)?|salary|wages)|take\s*home(?:\s*pay)?|netto(?:lohn|gehalt|bezüge|"
    r"verdienst)|auszahlungs_?betrag|net\s*(?:à\s*payer|payé)|netto\s*(?:in\s*busta|a\s*pagare)|"
    r"líquido(?:\s*a\s*percibir)?|netto\s*loon"
)
_STATED = 0.88
"""The confidence of a value at its label, before calibration."""
_TITLE = re.compile(r"pay\s?slip|abrechnung|bulletin|busta|nómina|statement", re.IGNORECASE)
_FIRST_LINE = 0.7
"""The confidence of an employer without a label: the first name on the page."""
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
    yield from labelled.amounts(pages, "gross_pay", _GROSS, _STATED, currency)
    yield from labelled.amounts(pages, "net_pay", _NET, _STATED, currency)


def _addressed(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The name above the address, if no label names the employee."""
    for span, confidence in (name for page in pages[:1] for name in addressee.names(page)):
        value = collapse_whitespace(span.text)
        yield fact("employee", value, value, span, confidence)


def _letterhead(pages: Sequence[TextLines]) -> Iterator[Fact]:
    """The first name on the page, which is the employer's."""
    for span in (span for page in pages[:1] for row in page[:3] for span in row):
        letters = sum(map(str.isalpha, span.text))
        if letters > _LETTERS and not _TITLE.search(span.text):
            yield fact("employer", span.text, collapse_whitespace(span.text), span, _FIRST_LINE)
            return

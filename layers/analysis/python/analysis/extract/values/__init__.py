"""Normalise printed values: numbers, money, dates, times, IBANs, VAT ids, phone numbers.

Each function searches one line of text and returns the printed values, their positions and their
normalised forms.
"""

from analysis.extract.values.dates import DateOrder, date_order, dates, other_reading, times
from analysis.extract.values.identifiers import (
    BIC,
    EMAIL,
    PHONE,
    URL,
    damaged_iban,
    ibans,
    phone,
    valid_iban,
    vat_ids,
)
from analysis.extract.values.money import (
    Amount,
    amounts,
    currency_of,
    local_signs,
    parse_number,
)
from analysis.extract.values.value_match import ValueMatch
from analysis.model.money import money

__all__ = [
    "BIC",
    "EMAIL",
    "PHONE",
    "URL",
    "Amount",
    "DateOrder",
    "ValueMatch",
    "amounts",
    "currency_of",
    "damaged_iban",
    "date_order",
    "dates",
    "ibans",
    "local_signs",
    "money",
    "other_reading",
    "parse_number",
    "phone",
    "times",
    "valid_iban",
    "vat_ids",
]

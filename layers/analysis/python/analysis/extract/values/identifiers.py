"""Identifiers of accounts, companies and people: IBAN, BIC, VAT id, phone, email, URL."""

import re
from collections.abc import Iterator

from analysis.extract.values.value_match import MAX_SEARCHED, ValueMatch

EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}")
"""An email address within a text."""
URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]{3,200}")
"""An address of a page, with its scheme or from `www.` on."""
PHONE = re.compile(r"(?<![\w/.,-])\+?\(?\d[\d\s()/.\-]{6,18}\d(?![\w/])")
"""What may be a phone number; `phone` checks it."""
BIC = re.compile(
    r"""\b[A-Z]{4}
    (?:AT|BE|CH|CZ|DE|DK|ES|FI|FR|GB|HU|IE|IT|LI|LU|MY|NL|NO|PL|PT|SE|SG|US)
    [A-Z0-9]{2}(?:[A-Z0-9]{3})?\b""",
    re.VERBOSE,
)
"""A BIC of 8 or 11 characters (ISO 9362) of one of these countries."""
_IBAN = re.compile(r"\b([A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30})")
_DAMAGED = re.compile(
    r"[^A-Z0-9]{0,3}(?P<letter>[A-Z])(?P<rest>\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30})"
)
"""What is left of an IBAN of whose country OCR lost a letter."""
_IBAN_LENGTHS = {
    "DE": 22, "FR": 27, "AT": 20, "CH": 21, "NL": 18, "BE": 16, "ES": 24, "IT": 27, "PL": 28,
    "GB": 22, "LU": 20, "PT": 25, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "CZ": 24, "HU": 28,
    "IE": 22, "LI": 21, "SK": 24, "SI": 19, "HR": 21, "RO": 24, "BG": 22, "GR": 27, "EE": 20,
    "LV": 21, "LT": 20, "MT": 31, "CY": 28,
}  # fmt: skip
"""The length of an IBAN by country; others are checked by their check digits only."""
_BANKS_BY_LETTERS = frozenset(["BG", "GB", "IE", "LV", "MT", "NL", "RO"])
"""Countries whose account numbers begin with four letters of the bank's BIC."""
_IBAN_SHORTEST = 15
"""Norway's IBANs, the shortest of all, have 15 characters."""
_IBAN_LONGEST = 34
"""The most characters that ISO 13616 allows."""
_ISO_7064 = 97
"""The modulus of an IBAN's check digits, by ISO 7064 (MOD 97-10)."""
_VAT = re.compile(
    r"""\b(
      ATU\s?\d{8} | BE\s?[01]?\d{3}[.\s]?\d{3}[.\s]?\d{3}
    | CHE[-\s]?\d{3}\.?\d{3}\.?\d{3} | CZ\s?\d{8,10}
    | DE\s?\d{3}\s?\d{3}\s?\d{3} | DK\s?\d{8}
    | ES\s?[A-Z0-9]\d{7}[A-Z0-9] | FI\s?\d{8} | FR\s?[A-Z0-9]{2}\s?\d{3}\s?\d{3}\s?\d{3}
    | GB\s?\d{3}\s?\d{4}\s?\d{2} | HU\s?\d{8} | IE\s?\d[A-Z0-9]\d{5}[A-Z]{1,2} | IT\s?\d{11}
    | T\d{13} | LU\s?\d{8} | NL\s?\d{9}\.?B\.?\d{2} | PL\s?\d{10} | PT\s?\d{9}
    | SE\s?\d{12} | SK\s?\d{10}
    )\b""",
    re.VERBOSE,
)
_SEPARATORS = re.compile(r"[\s.\-]")


def valid_iban(iban: str) -> bool:
    """Whether the length fits the country, and the check digits are those of ISO 13616."""
    wanted = _IBAN_LENGTHS.get(iban[:2])
    if wanted is not None and len(iban) != wanted:
        return False
    if not _IBAN_SHORTEST <= len(iban) <= _IBAN_LONGEST:
        return False
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % _ISO_7064 == 1


def ibans(text: str) -> Iterator[ValueMatch]:
    """Valid IBANs without blanks; words printed directly after one are not part of it."""
    for match in _IBAN.finditer(text[:MAX_SEARCHED]):
        compact = _SEPARATORS.sub("", match[1])
        compact = compact[: _IBAN_LENGTHS.get(compact[:2], len(compact))]
        if valid_iban(compact):
            end, seen = match.start(1), 0
            while seen < len(compact):
                seen += text[end] not in " \u00a0"
                end += 1
            yield ValueMatch(text[match.start(1) : end], match.start(1), end, compact)


def damaged_iban(text: str) -> ValueMatch | None:
    """The IBAN at the start of a text whose country has lost a letter, found by its check digits.

    None if those fit no country, or several.
    """
    match = _DAMAGED.match(text[:MAX_SEARCHED])
    if match is None:
        return None
    compact = _SEPARATORS.sub("", match["rest"])
    found = {
        country + compact[: length - len(country)]
        for country, length in _IBAN_LENGTHS.items()
        if match["letter"] in country and len(compact) >= length - len(country)
    }
    valid = [iban for iban in found if valid_iban(iban) and _has_bank_letters(iban)]
    if len(valid) != 1:
        return None
    end, seen, wanted = match.start("rest"), 0, len(valid[0]) - 2
    while seen < wanted:
        seen += text[end] not in " \u00a0"
        end += 1
    start = match.start("letter")
    return ValueMatch(text[start:end], start, end, valid[0])


def _has_bank_letters(iban: str) -> bool:
    """Whether the bank's code has letters exactly if that country's codes have."""
    return iban[4:8].isalpha() == (iban[:2] in _BANKS_BY_LETTERS)


def vat_ids(text: str) -> Iterator[ValueMatch]:
    """VAT identification numbers of European states, without blanks."""
    for match in _VAT.finditer(text[:MAX_SEARCHED]):
        yield ValueMatch(match.group(), *match.span(), _SEPARATORS.sub("", match.group()))


def phone(printed: str, region: str | None) -> str | None:
    """The E.164 form of a plausible number, otherwise None."""
    import phonenumbers  # noqa: PLC0415 - its metadata is large and most documents need none

    try:
        parsed = phonenumbers.parse(printed, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))

"""Tax and account numbers with valid check digits, as each country prints them."""

import random
import string
from collections.abc import Callable, Sequence

_ALPHABET = string.digits + string.ascii_uppercase
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CIF_LETTERS = "ABFGJ"
_IBAN_BODY = {
    "DE": "18n", "FR": "23n", "IT": "1a22n", "ES": "20n", "NL": "4a10n", "PT": "21n", "PL": "24n",
    "CZ": "20n", "SE": "20n", "GB": "4a14n",
}  # fmt: skip
_ISO_7064 = 97


def tax_id(draw: random.Random, kind: str) -> str:
    """A number as printed; the empty text for a place that prints none."""
    return _KINDS[kind](draw) if kind else ""


def iban(draw: random.Random, country: str) -> str:
    """An IBAN in groups of four."""
    body, count = "", ""
    for sign in _IBAN_BODY[country]:
        if sign.isdigit():
            count += sign
        else:
            pool = string.digits if sign == "n" else string.ascii_uppercase
            body += "".join(draw.choice(pool) for _ in range(int(count)))
            count = ""
    number = int("".join(str(int(sign, 36)) for sign in f"{body}{country}00"))
    compact = f"{country}{98 - number % _ISO_7064:02d}{body}"
    return " ".join(compact[at : at + 4] for at in range(0, len(compact), 4))


def _digits(draw: random.Random, count: int) -> str:
    return draw.choice("123456789") + "".join(draw.choice("0123456789") for _ in range(count - 1))


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the Luhn algorithm
    return str(-total % 10)


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _german(draw: random.Random) -> str:
    body, product = _digits(draw, 8), 10
    for digit in body:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    number = f"DE{body}{(11 - product) % 10}"
    return draw.choice([number, f"DE {number[2:5]} {number[5:8]} {number[8:]}"])


def _british(draw: random.Random) -> str:
    first = _digits(draw, 7)
    check = _ISO_7064 - _weighted(first, range(8, 1, -1)) % _ISO_7064
    number = f"{first}{check:02d}"
    return draw.choice([f"GB{number}", f"GB {number[:3]} {number[3:7]} {number[7:]}",
                        f"{number[:3]} {number[3:7]} {number[7:]}"])  # fmt: skip


def _indian(draw: random.Random) -> str:
    letters = "".join(draw.choice(string.ascii_uppercase) for _ in range(5))
    body = f"{draw.choice(['27', '29', '33', '19', '07'])}{letters}{_digits(draw, 4)}"
    body += f"{draw.choice(string.ascii_uppercase)}1Z"
    total = 0
    for place, sign in enumerate(body):
        value = _ALPHABET.index(sign) * (1 + place % 2)
        total += value // 36 + value % 36
    return body + _ALPHABET[-total % 36]


def _malaysian(draw: random.Random) -> str:
    return f"W10-{draw.choice(['1808', '1901', '2407'])}-3{_digits(draw, 7)}"


def _singaporean(draw: random.Random) -> str:
    letter = draw.choice("CDEGHKMNRWZ")
    registered = f"{draw.randint(1990, 2023)}{_digits(draw, 5)}{letter}"
    return draw.choice([registered, f"M{draw.choice('29')}-{_digits(draw, 7)}-{letter}"])


def _french(draw: random.Random) -> str:
    body = _digits(draw, 8)
    siren = body + _luhn(body)
    key = (12 + 3 * (int(siren) % _ISO_7064)) % _ISO_7064
    return draw.choice([f"FR{key:02d}{siren}",
                        f"FR {key:02d} {siren[:3]} {siren[3:6]} {siren[6:]}"])  # fmt: skip


def _italian(draw: random.Random) -> str:
    body = f"0{_digits(draw, 9)}"
    number = body + _luhn(body)
    return draw.choice([number, number, f"IT{number}"])


def _spanish(draw: random.Random) -> str:
    body = _digits(draw, 7)
    number = draw.choice(_CIF_LETTERS) + body + _luhn(body)
    return draw.choice([number, number, f"{number[0]}-{number[1:]}", f"ES{number}"])


def _dutch(draw: random.Random) -> str:
    return draw.choice(["NL{}B01", "NL {}.B.01", "NL{}B02"]).format(_digits(draw, 9))


def _portuguese(draw: random.Random) -> str:
    body = f"5{_digits(draw, 7)}"
    rest = _weighted(body, range(9, 1, -1)) % 11
    number = f"{body}{0 if rest < 2 else 11 - rest}"  # noqa: PLR2004 - the rule of the NIF
    return draw.choice([number, f"{number[:3]} {number[3:6]} {number[6:]}", f"PT{number}"])


def _polish(draw: random.Random) -> str:
    while True:
        body = _digits(draw, 9)
        check = _weighted(body, _NIP_WEIGHTS) % 11
        if check < 10:  # noqa: PLR2004 - a NIP has one check digit
            number = f"{body}{check}"
            dashed = f"{number[:3]}-{number[3:6]}-{number[6:8]}-{number[8:]}"
            return draw.choice([number, dashed, f"PL{number}"])


def _czech(draw: random.Random) -> str:
    return f"CZ{_digits(draw, 8)}"


def _swedish(draw: random.Random) -> str:
    return f"SE55{_digits(draw, 8)}01"


def _japanese(draw: random.Random) -> str:
    number = _digits(draw, 13)
    return draw.choice([f"T{number}", f"T{number[0]}-{number[1:5]}-{number[5:9]}-{number[9:]}"])


def _chinese(draw: random.Random) -> str:
    body = f"91{draw.choice(['310115', '110108', '440305'])}"
    body += "".join(draw.choice(_USCC_ALPHABET) for _ in range(9))
    total = sum(
        _USCC_ALPHABET.index(sign) * weight
        for sign, weight in zip(body, _USCC_WEIGHTS, strict=True)
    )
    return body + _USCC_ALPHABET[-total % 31]


_KINDS: dict[str, Callable[[random.Random], str]] = {
    "de": _german, "gb": _british, "gstin": _indian, "sst": _malaysian, "uen": _singaporean,
    "fr": _french, "it": _italian, "es": _spanish, "nl": _dutch, "pt": _portuguese, "pl": _polish,
    "cz": _czech, "se": _swedish, "jp": _japanese, "cn": _chinese,
}  # fmt: skip

"""Printed values and their normalised forms."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.extract import currency, values
from analysis.model.money import major_units, minor_units


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("33.9", "33.9"),
        ("1.234", "1234"),
        ("0,500", "0.500"),
        ("1.234.567", "1234567"),
    ],
)
def test_numbers_of_every_country_are_parsed(printed, number):
    assert values.parse_number(printed) == Decimal(number)


@given(some.decimals(min_value=0, max_value=9_999_999, places=2))
def test_numbers_printed_in_german_or_english_are_parsed(number):
    english = f"{number:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))

    assert values.parse_number(english) == values.parse_number(german) == number


@pytest.mark.parametrize(
    ("printed", "minor", "currency"),
    [
        ("¥1,200", 1200, "jpy"),
        ("JPY 12,000", 12000, "jpy"),
        ("₩ 45,000", 45000, "krw"),
        ("1.500.000 VND", 1500000, "vnd"),
        ("12.900 ISK", 12900, "isk"),
        ("KWD 12.500", 12500, "kwd"),
        ("1,234.500 OMR", 1234500, "omr"),
        ("1.200,50 €", 120050, "eur"),
    ],
)
def test_money_is_in_minor_units_of_its_currency(printed, minor, currency):
    (amount,) = values.amounts(printed)

    assert amount.money() == {"minor": minor, "currency": currency}


@pytest.mark.parametrize("printed", ["KR87654321012", "Beleg-Nr : KR87654321", "RM201901000"])
def test_two_letters_and_digits_without_a_gap_number_a_thing(printed):
    assert [amount.currency for amount in values.amounts(printed)] == []


@pytest.mark.parametrize(
    ("printed", "currency"),
    [("kr 87654321", "sek"), ("Kr1234567", "sek"), ("KR87654,32", "sek"), ("JPY87654321", "jpy")],
)
def test_a_sign_before_an_amount_is_its_currency(printed, currency):
    assert [amount.currency for amount in values.amounts(printed)] == [currency]


def test_an_amount_without_a_sign_has_the_decimals_of_its_document():
    with values.local_signs(currency.signs_of("Amounts in KWD", "en")):
        [amount] = values.amounts("12.500")

    assert (amount.money("kwd"), amount.exact) == ({"minor": 12500, "currency": "kwd"}, True)


@pytest.mark.parametrize(
    ("minor", "code", "shown"), [(1200, "jpy", "1200"), (1250, "eur", "12.50"), (5, "kwd", "0.005")]
)
def test_minor_units_have_the_decimals_of_their_currency(minor, code, shown):
    assert f"{major_units(minor, code):f}" == shown
    assert minor_units(Decimal(shown), code) == minor


@given(some.text(max_size=60))
def test_any_text_can_be_searched(text):
    list(values.amounts(text))
    list(values.dates(text))
    list(values.times(text))
    list(values.ibans(text))


@given(some.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_a_date_is_parsed_in_every_usual_format(day):
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%y"):
        [match] = values.dates(f"on {day.strftime(form)} then")
        assert match.value == day.isoformat()


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("3. März 2024", "2024-03-03"),
        ("24-MAR-2018", "2018-03-24"),
        ("02/JAN/2017", "2017-01-02"),
        ("OCT 3, 2016", "2016-10-03"),
        ("12/13/2016", "2016-12-13"),
        ("20180304", "2018-03-04"),
        ("25032018", "2018-03-25"),
    ],
)
def test_dates_with_words_or_without_separators_are_parsed(printed, iso):
    assert [match.value for match in values.dates(printed)] == [iso]


def test_an_iban_needs_valid_check_digits():
    assert [hit.value for hit in values.ibans("IBAN: DE89 3704 0044 0532 0130 00 BIC")] == [
        "DE89370400440532013000"
    ]
    assert not list(values.ibans("IBAN: DE88 3704 0044 0532 0130 00"))


def test_phone_numbers_are_normalised_to_e164():
    assert values.phone("040 22867310", "DE") == "+494022867310"
    assert values.phone("12345", "DE") is None


@pytest.mark.parametrize(
    ("printed", "iban"),
    [
        ("E23 AIBK 9320 1844 7190 36", "IE23AIBK93201844719036"),
        ("I23 AIBK 9320 1844 7190 36 BIC", "IE23AIBK93201844719036"),
        (": D89370400440532013000", "DE89370400440532013000"),
    ],
)
def test_the_lost_letter_of_an_iban_follows_from_its_check_digits(printed, iban):
    found = values.damaged_iban(printed)

    assert found is not None
    assert found.value == iban


@pytest.mark.parametrize("printed", ["E24 AIBK 9320 1844 7190 36", "E23 4711", "A4 80 g"])
def test_what_no_country_fits_is_no_iban(printed):
    assert values.damaged_iban(printed) is None

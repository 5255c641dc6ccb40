import pytest

from docket.domain.errors import BadInput
from docket.workflows.documents.facts.fact_values import require_page, typed


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("issue_date", "2026-01-31", ("2026-01-31", "2026-01-31")),
        ("time", "14:05", ("14:05", "14:05")),
        ("gross", "1158.7", ("EUR 1158.70", {"minor": 115870, "currency": "eur"})),
        ("gross", "-5.00 usd", ("USD -5.00", {"minor": -500, "currency": "usd"})),
        ("gross", "500 JPY", ("JPY 500", {"minor": 500, "currency": "jpy"})),
        ("currency", "chf", ("CHF", "CHF")),
        ("iban", "DE89 3704 0044 0532 0130 00", ("DE89370400440532013000",) * 2),
        ("seller_vat_id", "de 123 456 789", ("DE123456789", "DE123456789")),
        ("phone", "+49 30 123456", ("+49 30 123456", "+4930123456")),
        ("seller", "Acme  GmbH", ("Acme  GmbH", "Acme GmbH")),
        ("of_no_catalogue", "x", ("x", "x")),
    ],
)
def test_a_typed_value_is_normalised_by_the_type_of_its_fact(name, text, expected):
    assert typed(name, text, currency="eur") == expected


def test_an_amount_may_have_no_currency():
    assert typed("gross", "5", currency=None) == ("5.00", {"minor": 500, "currency": None})


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("issue_date", "31.01.2026", "not_a_date"),
        ("issue_date", "20260131", "not_a_date"),
        ("issue_date", "2026-02-30", "not_a_date"),
        ("time", "25:00", "not_a_time"),
        ("time", "noon", "not_a_time"),
        ("gross", "1.158,70", "not_an_amount"),
        ("gross", "1e5", "not_an_amount"),
        ("gross", "5.5 JPY", "not_an_amount"),
        ("gross", "1234567890123", "not_an_amount"),
        ("currency", "euro", "not_a_currency"),
        ("iban", "DE89 3704 0044 0532 0130 01", "not_an_iban"),
        ("iban", "DE89 ٣", "not_an_iban"),
        ("seller_vat_id", "DE", "not_a_vat_id"),
        ("phone", "030 123456", "not_a_phone_number"),
    ],
)
def test_a_value_of_another_form_is_refused(name, text, code):
    with pytest.raises(BadInput) as refused:
        typed(name, text, currency="eur")

    assert [(p.field, p.code) for p in refused.value.problems] == [("value", code)]


def test_a_page_is_one_of_the_document():
    require_page(2, 2)
    with pytest.raises(BadInput):
        require_page(3, 2)

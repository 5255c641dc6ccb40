from dataclasses import replace

import pytest

from infra.setting_types.error import SettingsError
from infra.setting_types.operator import Operator
from infra.setting_types.prices import Prices
from infra.settings import DEV, PROD
from infra.website.stage_values import filled, stage_values

OPERATOR = Operator(
    name="Example GmbH", address=("Main Street 1", "20457 Hamburg"), mail="office@docket.example"
)


def test_a_stage_without_an_operator_has_no_value_of_it():
    values = stage_values(DEV, url="https://docket.example/")

    assert values["site.url"] == "https://docket.example"
    assert [name for name in values if name.startswith("operator.")] == []


def test_the_values_of_the_operator_are_those_of_the_settings():
    values = stage_values(replace(PROD, operator=OPERATOR), url="https://docket.example")

    assert values["operator.address"] == "Main Street 1\n20457 Hamburg"
    assert "operator.vat_id" not in values


def test_prod_has_no_values_without_an_operator():
    with pytest.raises(SettingsError):
        stage_values(PROD, url="https://docket.example")


@pytest.mark.parametrize(
    ("currency", "english", "german"),
    [
        ("eur", "€12.05", "12,05\u00a0€"),
        ("chf", "CHF\u00a012.05", "12,05\u00a0CHF"),
        ("jpy", "¥1,205", "1.205\u00a0¥"),
    ],
)
def test_a_price_is_written_as_browsers_do(currency, english, german):
    settings = replace(DEV, prices=Prices(base=1205, per_page=50, currency=currency))

    values = stage_values(settings, url="https://docket.example")

    assert values["prices.base.en"] == english
    assert values["prices.base.de"] == german


def test_an_account_that_cannot_be_notified_is_never_removed():
    assert "retention.unused_days" not in stage_values(DEV, url="https://docket.example")


def test_a_section_is_there_if_the_stage_has_its_value():
    page = "{{#a}}with {{a}}{{/a}}{{^a}}without{{/a}}"

    assert filled(page, {"a": "1"}) == "with 1"
    assert filled(page, {}) == "without"


def test_a_section_can_hold_another():
    page = "{{#a}}a{{#b}} and b{{/b}}{{/a}}"

    assert filled(page, {"a": "1", "b": "2"}) == "a and b"
    assert filled(page, {"a": "1"}) == "a"
    assert filled(page, {"b": "2"}) == ""


def test_a_value_is_escaped():
    assert filled("<p>{{a}}</p>", {"a": '<b> & "c"'}) == "<p>&lt;b&gt; &amp; &quot;c&quot;</p>"


def test_a_missing_value_is_refused():
    with pytest.raises(KeyError):
        filled("{{a}}", {})

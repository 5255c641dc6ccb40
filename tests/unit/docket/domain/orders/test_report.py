import pytest

from docket.domain.orders.report import ReportOptions, report_filename


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (ReportOptions(form="json", language="de"), "docket.json"),
        (ReportOptions(form="pdf", language="de"), "docket-de.pdf"),
        (ReportOptions(form="xlsx", doubtful="omit"), "docket-en-sure.xlsx"),
        (ReportOptions(form="csv", table="line_items"), "docket-en-line_items.csv"),
    ],
)
def test_every_choice_that_matters_is_in_the_name_of_the_object(options, name):
    assert options.object_name == name


@pytest.mark.parametrize(
    ("title", "part", "name"),
    [
        ("März 2026", None, "März 2026.xlsx"),
        ("März 2026", "Positionen", "März 2026 - Positionen.xlsx"),
        ("a/b\\c: d?", None, "a-b-c- d-.xlsx"),
        ("../..", None, "-.xlsx"),
        ("..", None, "docket.xlsx"),
        ("", None, "docket.xlsx"),
        ("x" * 300, None, f"{'x' * 100}.xlsx"),
        ("gpj.\u202efdp", None, "gpj.fdp.xlsx"),
    ],
)
def test_a_report_is_named_by_the_title_of_its_order(title, part, name):
    assert report_filename(title, "xlsx", part) == name


def test_the_language_of_json_is_the_default():
    assert ReportOptions(form="json", language="de").text_language == "en"
    assert ReportOptions(form="pdf", language="de").text_language == "de"

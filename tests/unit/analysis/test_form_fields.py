"""Fillable forms: the values of their fields by the labels beside, above or in them."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from analysis import read
from analysis.model import Box, FormField, Page
from tests.unit.analysis.documents import values_of

HEIGHT = 842


def a_form(*, printed=(), texts=(), boxes=(), radios=(), rotation=0):
    """Printed texts `(x, y, text)`, fields `(x, y, name, value)`, ticked or empty options."""
    buffer = io.BytesIO()
    width = HEIGHT if rotation else 595  # reportlab turns the size of a page as well
    canvas = Canvas(buffer, pagesize=(width, HEIGHT), invariant=1)
    canvas.setPageRotation(rotation)
    for x, y, text in printed:
        canvas.drawString(x, HEIGHT - y, text)
    form = canvas.acroForm
    for x, y, name, value in texts:
        form.textfield(
            name=name, value=value, x=x, y=HEIGHT - y - 4, width=150, height=16, fontSize=10
        )
    for x, y, name, ticked in boxes:
        form.checkbox(name=name, checked=ticked, x=x, y=HEIGHT - y - 3, size=12)
    for x, y, name, value, ticked in radios:
        form.radio(name=name, value=value, selected=ticked, x=x, y=HEIGHT - y - 3, size=12)
    canvas.save()
    return buffer.getvalue()


def result_of(**parts):
    return read(a_form(**parts), "a.pdf", "application/pdf")


def fields(**parts):
    return values_of(result_of(**parts), "field")


def test_a_label_stands_left_of_its_field():
    assert fields(
        printed=[(50, 100, "Straße und Hausnummer"), (50, 125, "PLZ / Ort")],
        texts=[(200, 100, "a", "Bergstraße 7a"), (200, 125, "b", "74613 Öhringen")],
    ) == ["Straße und Hausnummer: Bergstraße 7a", "PLZ / Ort: 74613 Öhringen"]


def test_a_label_stands_above_its_field_in_two_columns():
    assert fields(
        printed=[(50, 100, "Organization"), (320, 100, "Contact person"), (50, 145, "Attendance"),
                 (320, 145, "Daytime phone")],
        texts=[(50, 118, "a", "Hadley Chess Club"), (320, 118, "b", "Ruth Abernathy"),
               (50, 163, "c", "85"), (320, 163, "d", "(360) 555-0164")],
    ) == ["Organization: Hadley Chess Club", "Contact person: Ruth Abernathy", "Attendance: 85",
          "Daytime phone: (360) 555-0164"]  # fmt: skip


def test_an_empty_field_between_keeps_the_label_of_another_one():
    assert fields(
        printed=[(50, 100, "Birth name"), (50, 300, "Town")],
        texts=[(130, 100, "a", ""), (330, 100, "b", "Lee"), (130, 300, "c", "Bath")],
    ) == ["Town: Bath"]


def test_a_label_has_neither_the_number_of_its_box_nor_an_instruction():
    assert fields(
        printed=[
            (50, 100, "1 Name (as shown on your return)"),
            (50, 150, "6 City, state, and ZIP code"),
        ],
        texts=[(50, 118, "a", "Ann Lee"), (50, 168, "b", "Eugene, OR 97401")],
    ) == ["Name: Ann Lee", "City: Eugene, OR 97401"]


def test_ticked_options_are_the_answers_to_their_question():
    assert fields(
        printed=[(50, 100, "Equipment:"), (170, 100, "Tables"), (270, 100, "Chairs"),
                 (370, 100, "Stage"), (50, 130, "Room:"), (170, 130, "Hall"),
                 (270, 130, "Pavilion")],
        boxes=[(150, 100, "t", True), (250, 100, "c", True), (350, 100, "s", False)],
        radios=[(150, 130, "r", "hall", False), (250, 130, "r", "pavilion", True)],
    ) == ["Equipment: Tables", "Equipment: Chairs", "Room: Pavilion"]  # fmt: skip


def test_the_question_may_stand_above_its_options():
    assert fields(
        printed=[(50, 100, "Zahlungsweise:"), (70, 120, "monatlich"), (170, 120, "jährlich")],
        boxes=[(50, 120, "m", False), (150, 120, "j", True)],
        texts=[(50, 200, "a", "ohne Bezeichnung")],
    ) == ["Zahlungsweise: jährlich"]


def test_a_ticked_option_without_a_question_is_named_by_its_label():
    assert fields(
        printed=[(50, 100, "Please tick what applies to you, and sign on the second page"),
                 (70, 160, "I agree"), (70, 180, "I am over 65")],
        boxes=[(50, 160, "a", True), (50, 180, "b", False)],
    ) == ["I agree: X"]  # fmt: skip


def test_nothing_is_said_about_options_that_nobody_ticked():
    assert fields(
        printed=[(50, 100, "Equipment:"), (170, 100, "Tables"), (270, 100, "Chairs")],
        boxes=[(150, 100, "t", False), (250, 100, "c", False)],
    ) == []  # fmt: skip


def test_the_result_has_the_state_of_each_field():
    result = result_of(
        printed=[(50, 100, "Town"), (70, 130, "Member of the club")],
        texts=[(120, 100, "a", "Bath")], boxes=[(50, 130, "m", True), (300, 130, "n", False)],
    )  # fmt: skip

    assert [(field.type, field.value, field.ticked) for field in result.pages[0].form_fields] == [
        ("text", "Bath", False), ("checkbox", "", True), ("checkbox", "", False),
    ]  # fmt: skip
    assert Page.from_dict(result.pages[0].to_dict()).form_fields[0].value == "Bath"


@pytest.mark.parametrize("rotation", [0, 90])
def test_a_page_that_is_displayed_turned_has_the_same_fields(rotation):
    assert fields(
        printed=[(50, 100, "Street"), (50, 125, "Town")],
        texts=[(230, 100, "a", "Castle Meadow"), (230, 125, "b", "Norwich")],
        rotation=rotation,
    ) == ["Street: Castle Meadow", "Town: Norwich"]


def test_a_filled_in_form_is_a_form_and_an_empty_one_may_be_anything():
    parts = {"printed": [(50, 100, "Town of the event"), (50, 125, "Club and its members")]}
    filled = result_of(**parts, texts=[(230, 100, "a", "Bath"), (230, 125, "b", "Chess")])
    empty = result_of(**parts, texts=[(230, 100, "a", ""), (230, 125, "b", "")])

    assert (filled.kind, empty.kind) == ("form", "other")


def test_an_invoice_made_with_a_form_is_an_invoice():
    result = result_of(
        printed=[(50, 60, "INVOICE"), (50, 100, "Invoice number"), (50, 125, "Amount due")],
        texts=[(200, 100, "a", "RE-77"), (200, 125, "b", "119.00 EUR")],
    )

    assert result.kind == "invoice"


def test_a_form_field_is_the_same_after_json():
    field = FormField(type="radio", name="Room", value="", ticked=True, box=Box(0.1, 0.2, 0.3, 0.4))

    assert FormField.from_dict(field.to_dict()) == field


def test_a_form_that_has_its_fields_as_xfa_too_is_read():
    form = a_form(
        printed=[(50, 100, "Town of the event"), (70, 130, "Member of the club")],
        texts=[(200, 100, "a", "Bath")], boxes=[(50, 130, "m", True)],
    )  # fmt: skip
    hybrid = form.replace(b"/Fields", b"/XFA [(template) (x)] /Fields", 1)

    result = read(hybrid, "a.pdf", "application/pdf")

    assert values_of(result, "field") == ["Town of the event: Bath", "Member of the club: X"]

"""Text in any script, broken into lines and set in fonts that contain it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from reportlab.pdfbase.pdfmetrics import stringWidth

from analysis.report import text_shaping

MISSING = "\u25a1"
SCRIPTS = {
    "Greek": "Τιμολόγιο, Αθήνα", "Cyrillic": "Счёт-фактура № 12, Київ", "Hebrew": "חשבונית מס",
    "Arabic": "فاتورة رقم", "Chinese": "发票号码北京", "Japanese": "請求書 カタカナ ひらがな",
    "Korean": "세금계산서", "Polish": "Zażółć gęślą jaźń", "Turkish": "Şirket İçin",
}  # fmt: skip


def width_of(markup, size):
    return sum(
        stringWidth(re.sub("&(lt|gt|amp);", "&", text), font or text_shaping.FONT, size)
        for font, text in re.findall(r'(?:<font name="(.+?)">)?([^<]+)(?:</font>)?', markup)
    )


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_the_fonts_contain_the_usual_scripts(text):
    [line] = text_shaping.lines(text, text_shaping.FONT, 8, 400)
    [bold] = text_shaping.lines(text, text_shaping.BOLD, 8, 400)

    assert MISSING not in line + bold


def test_a_character_without_a_font_is_shown_as_a_box():
    assert text_shaping.lines("ไทย ok", text_shaping.FONT, 8, 400) == [f"{MISSING * 3} ok"]


@given(some.text(max_size=120), some.integers(20, 200))
def test_no_line_is_wider_than_the_limit(text, max_width):
    lines = text_shaping.lines(text, text_shaping.FONT, 8, max_width)

    assert all(width_of(line, 8) <= max_width + 0.01 for line in lines)


@given(some.text("ab ç漢字仮名", max_size=80), some.integers(20, 200))
def test_breaking_a_text_keeps_every_character(text, max_width):
    lines = text_shaping.lines(text, text_shaping.FONT, 8, max_width)

    shown = re.sub(r"<.*?>|\s", "", "".join(lines))
    assert shown == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("text", "visual"),
    [
        ("שלום (abc) 12", "12 (abc) םולש"),
        ("שלום (רחוב) 12", "12 (בוחר) םולש"),
        ("abc (שלום) 12", "abc (םולש) 12"),
        ("(שלום", "םולש)"),
    ],
)
def test_hebrew_is_in_visual_order(text, visual):
    [line] = text_shaping.lines(text, text_shaping.FONT, 8, 400)

    assert line == visual


def test_arabic_letters_are_joined():
    [line] = text_shaping.lines("شركة", text_shaping.FONT, 8, 400)

    assert line == "\ufe94\ufedb\ufeae\ufeb7"


def test_the_first_line_of_hebrew_has_the_first_words():
    lines = text_shaping.lines("אחת שתיים שלוש ארבע", text_shaping.FONT, 8, 60)

    assert len(lines) > 1
    assert lines[0].endswith("תחא")


def test_bidirectional_controls_are_removed():
    assert text_shaping.plain("invoice\u202efdp.exe\u0000") == "invoicefdp.exe"


def test_a_cut_line_ends_with_an_ellipsis():
    cut = text_shaping.cut("A title that is much longer than its room", text_shaping.FONT, 8, 60)

    assert cut.endswith("…")
    assert stringWidth(cut, text_shaping.FONT, 8) <= 60

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docket.domain.orders.filenames import clean_filename

FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}.png"
PERSIAN = "می\N{ZERO WIDTH NON-JOINER}خواهم.pdf"


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Invoice März 2026.pdf", "Invoice März 2026.pdf"),
        ("請求書.pdf", "請求書.pdf"),
        ("🧾 receipt.jpg", "🧾 receipt.jpg"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ada\\letter.docx", "letter.docx"),
        ("/", ""),
        ("a/..", ".."),
        ("  spaces  .pdf ", "spaces  .pdf"),
        ("new\r\nline\x00.pdf", "newline.pdf"),
        ("gpj.\u202efdp.exe.pdf", "gpj.fdp.exe.pdf"),
        ("one\u2028two\u2029.pdf", "onetwo.pdf"),
        ("lone\ud800.pdf", "lone.pdf"),
        ("Ma\u0308rz.pdf", "März.pdf"),
        ('a";name=b.pdf', 'a";name=b.pdf'),
        (FAMILY, FAMILY),
        (PERSIAN, PERSIAN),
    ],
)
def test_a_filename_loses_its_path_and_invisible_characters(raw, cleaned):
    assert clean_filename(raw) == cleaned


@given(st.text())
def test_a_cleaned_filename_is_one_line_without_a_path(raw):
    name = clean_filename(raw)

    assert "/" not in name
    assert "\\" not in name
    assert name == name.strip()
    assert not any(
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in name
    )
    assert clean_filename(name) == name

"""The text of a page from its layer, its picture, its form fields and its annotations."""

import io
import re
import zipfile

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFile
from reportlab.pdfgen.canvas import Canvas

from analysis import Unreadable, outline, previews, read
from analysis.formats.images.ocr import OcrPage
from analysis.formats.images.text_sources import merge
from analysis.formats.pdf.gibberish import is_gibberish
from analysis.formats.pdf.text_layer import TextLayer
from analysis.model import Box, Line
from tests.unit.analysis.documents import FONT, a_docx, a_pdf, a_picture, a_scan, best_values, p

INVOICE = [
    (60, 60, "Tallow & Pike Ltd"),
    (60, 120, "Invoice number: TP-20417"),
    (60, 150, "Invoice date: 14 March 2026"),
    (60, 240, "Net total"), (420, 240, "GBP 400.00"),
    (60, 270, "VAT 20%"), (420, 270, "GBP 80.00"),
    (60, 300, "Total due"), (420, 300, "GBP 480.00"),
]  # fmt: skip
WRONG = [
    (60, 60, "7a!!ow"),
    (60, 120, "lnvo1ce nurnber TR2Q4I7"),
    (60, 300, "Total due"),
    (420, 300, "GBP 980.00"),
]


def text_of(data, page=0):
    return read(data, "scan.pdf", "application/pdf").pages[page].text


@pytest.mark.parametrize(
    "document",
    [
        a_scan(INVOICE, over="Scanned with ScannerApp 4"),
        a_scan(INVOICE, hidden=WRONG),
        a_scan(INVOICE, hidden=[(60, 500, "Invoice number: 9999999 of another page entirely")]),
    ],
    ids=["stamp", "wrong hidden text", "hidden text that is not in the picture"],
)
def test_a_scan_with_some_text_is_read_from_the_picture(document):
    result = read(document, "scan.pdf", "application/pdf")

    best = {fact.name: fact.normalised for fact in reversed(result.facts)}
    assert best["invoice_number"] == "TP-20417"
    assert best["issue_date"] == "2026-03-14"
    assert best["gross"] == {"minor": 48000, "currency": "gbp"}
    assert "9999999" not in result.pages[0].text
    assert outline(document, "scan.pdf", "application/pdf").needs_ocr == (0,)


def test_a_stamp_is_part_of_the_text_of_a_scan():
    assert "Scanned with ScannerApp 4" in text_of(a_scan(INVOICE, over="Scanned with ScannerApp 4"))


def test_a_page_whose_image_covers_less_needs_no_ocr():
    lines = [(x, y / 4, text) for x, y, text in INVOICE]
    document = a_scan(lines, over="A letter with a picture at its top", covered=0.4)

    assert outline(document, "scan.pdf", "application/pdf").needs_ocr == ()
    assert read(document, "scan.pdf", "application/pdf").pages[0].source == "text"


def test_the_values_of_form_fields_are_text():
    fields = [(60, 100, "Full name", "Quilla Marsh"), (60, 180, "Company", "Heron Tools LLC")]

    title = "Form V-9: taxpayer identification. Check the appropriate box"
    result = read(a_scan([], fields=fields, over=title), "form.pdf", "application/pdf")

    assert {"Quilla Marsh", "Heron Tools LLC"} <= {line.text for line in result.pages[0].lines}
    assert result.kind == "form"


def test_the_values_of_form_fields_without_appearance_are_text():
    fields = [(60, 100, "Full name of applicant", "Quilla Marsh")]
    document = a_scan([], fields=fields).replace(b"/AP <<", b"/XP <<")

    assert "Quilla Marsh" in text_of(document)


def test_a_text_that_is_an_annotation_is_part_of_the_page():
    fields = [(60, 100, "A page of a report with text", "Approved by Ida Voss")]
    document = a_scan([], fields=fields).replace(b"/Subtype /Widget", b"/Subtype /FreeText")

    assert "Approved by Ida Voss" in text_of(document)


def ocr_page(*lines, confidence=0.95):
    return OcrPage(
        [Line(text, box) for text, box in lines], confidence, 0, [confidence] * len(lines)
    )


ROW = Box(0.1, 0.1, 0.5, 0.12)


@pytest.mark.parametrize(
    ("stated", "unproven", "confidence", "expected"),
    [
        ("Net amount 400.00", {0}, 0.95, "Net amount 400.00"),
        ("Net amaunt 900.00", {0}, 0.95, "Netamount 400.00"),
        ("Net amount 400,00", {0}, 0.7, "Net amount 400,00"),
        ("Net amount 480.00", set(), 0.95, "Net amount 480.00"),
        ("~~ ## $$ qq zz", set(), 0.95, "Netamount 400.00"),
        ("~~ ## $$ qq zz", set(), 0.7, "~~ ## $$ qq zz"),
    ],
    ids=[
        "blanks of the hidden layer", "OCR is sure", "OCR is not sure", "visible text",
        "a font without meaning", "OCR is not sure of a font without meaning",
    ],
)  # fmt: skip
def test_the_better_text_of_a_row_is_chosen(stated, unproven, confidence, expected):
    layer = TextLayer([Line(stated, ROW)], 0, doubtful=True, unproven=frozenset(unproven))

    merged = merge(layer, ocr_page(("Netamount 400.00", ROW), confidence=confidence))

    assert [line.text for line in merged.lines] == [expected]


def test_visible_words_that_ocr_misses_remain_and_hidden_ones_do_not():
    below = Box(0.1, 0.2, 0.5, 0.22)
    lines = [Line("Page 1 of 2", below), Line("Never printed", Box(0.1, 0.3, 0.5, 0.32))]
    layer = TextLayer(lines, 0, doubtful=True, unproven=frozenset([1]))

    merged = merge(layer, ocr_page(("Total 12.00", ROW)))

    assert [line.text for line in merged.lines] == ["Total 12.00", "Page 1 of 2"]


def test_a_page_of_text_alone_is_not_doubtful():
    document = a_pdf(["An ordinary page of text", "with a second line"])

    assert outline(document, "text.pdf", "application/pdf").needs_ocr == ()


def test_a_form_that_is_not_shown_has_a_warning():
    text = "Please wait... if this message is not replaced, your viewer may not show this form"
    document = a_scan([], fields=[(60, 100, text, "")])
    document = document.replace(
        b"/AcroForm 12 0 R", b"/AcroForm <</Fields [] /XFA [(form) 11 0 R]>>"
    )

    warnings = read(document, "form.pdf", "application/pdf").warnings

    assert [warning["code"] for warning in warnings] == ["form_not_shown"]


def with_other_characters(rows, change, *, plain=()):
    """A PDF whose embedded font states another character for each one that it draws.

    `plain` rows are in a font that states what it draws.
    """
    pdfmetrics.registerFont(TTFont("Drawn", FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0)
    for font, texts in (("Drawn", rows), ("Courier", plain)):
        canvas.setFont(font, 11)
        for x, y, text in texts:
            canvas.drawString(x, A4[1] - y, text)
    canvas.save()

    def entry(match):
        stated = change(int(match[2], 16))
        return b"<%s> <%04X>" % (match[1], stated)

    table = re.compile(rb"<([0-9A-F]{2})> <(00[2-7][0-9A-F])>")
    return table.sub(entry, buffer.getvalue())


PROSE = [
    (60, 470 + 20 * row, text)
    for row, text in enumerate(["Payment is due within thirty days of this invoice.",
                                "Please transfer the amount to our account."])
]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda code: code + 3,
        lambda code: code - 29,
        lambda code: 0xF000 + code,
        lambda code: 0xE000 + code if chr(code).isdigit() else code,
    ],
    ids=["shifted", "glyph-numbers", "private-use", "private-digits"],
)
def test_a_font_that_states_other_characters_is_read_from_the_picture(change):
    document = with_other_characters([*INVOICE, *PROSE], change)

    result = read(document, "a.pdf", "application/pdf")

    assert result.pages[0].source == "ocr"
    values = best_values(result)
    assert (values["invoice_number"], values["gross"]["minor"]) == ("TP-20417", 48000)


def with_glyph_numbers(rows):
    """A PDF whose text is the numbers of its font's glyphs, without a table of characters."""
    file = FONT.read_bytes()
    font = TTFontFile(str(FONT))
    glyphs = font.charToGlyph
    widths = "".join(f"{glyphs[sign]} [{font.charWidths[sign]:.0f}]" for sign in range(32, 127))
    drawn = "".join(
        f"1 0 0 1 {x} {842 - y} Tm <{''.join(f'{glyphs[ord(sign)]:04X}' for sign in text)}> Tj "
        for x, y, text in rows
    )
    content = f"BT /F 11 Tf {drawn} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>>>"
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/Vera/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Vera/CIDToGIDMap/Identity/W[%s]/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R>>"
        % widths.encode(),
        (
            b"<</Type/FontDescriptor/FontName/Vera/Flags 4/FontBBox[-183 -236 1287 928]"
            b"/ItalicAngle 0/Ascent 928/Descent -236/CapHeight 729/StemV 80/FontFile2 8 0 R>>"
        ),
        b"<</Length %d/Length1 %d>>stream\n%s\nendstream" % (len(file), len(file), file),
    ]
    numbered = (b"%d 0 obj%s endobj\n" % (number, item) for number, item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_text_that_is_numbers_of_glyphs_is_read_from_the_picture():
    result = read(with_glyph_numbers(INVOICE), "a.pdf", "application/pdf")

    assert result.pages[0].source == "ocr"
    assert best_values(result)["invoice_number"] == "TP-20417"
    assert "Tallow & Pike" in result.pages[0].text


def test_a_few_letters_that_are_numbers_of_glyphs_are_read_from_the_picture():
    names = with_glyph_numbers([(60, 60, "Tallow and Pike"), (60, 90, "Harbour Street")])

    assert text_of(names) == "Tallow and Pike\nHarbour Street"


def test_only_the_garbled_font_of_a_page_is_read_from_the_picture():
    plain = [(60, 700, "The delivery note DN-881 of the same day is attached to it.")]
    document = with_other_characters([*INVOICE, *PROSE], lambda code: code + 3, plain=plain)

    text = text_of(document)

    assert "DN-881 of the same day" in text
    assert "TP-20417" in text
    assert "Wdoorz" not in text


@pytest.mark.parametrize(
    "text",
    [
        "Der Rechnungsbetrag ist innerhalb von dreißig Tagen ohne Abzug zu bezahlen.",
        "Le montant de la facture est payable à trente jours, sans escompte ni remise.",
        "Faktura płatna w terminie czternastu dni od dnia wystawienia, przelewem na konto.",
        "Zboží zůstává až do úplného zaplacení kupní ceny majetkem prodávajícího.",
        "HVAC PVC GmbH XBO BMW KG WLAN VKE HGB GTIN PLZ",
    ],
)
def test_text_of_a_language_is_no_gibberish(text):
    assert not is_gibberish(text)
    assert is_gibberish(text.translate({n: n + 3 for n in range(65, 120)}) * 2) or len(text) < 60


def a_word_document(*scans, text=""):
    parts = [("image", f"word/media/image{n}.jpg", "") for n in range(len(scans))]
    document = a_docx(p(text), parts=parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            place = name.removeprefix("word/media/image").removesuffix(".jpg")
            new.writestr(name, scans[int(place)] if place.isdigit() else old.read(name))
    return buffer.getvalue()


ROWS = [("NORTH QUAY STORES", ""), ("Invoice number: NQ-204", ""), *[("Bread", "3.10")] * 12]


def test_the_scans_of_a_word_document_without_text_are_pages():
    document = a_word_document(a_picture(ROWS), a_picture([("SECOND SCAN", ""), *ROWS]))

    result = read(document, "scan.docx", "")

    assert [page.source for page in result.pages] == ["ocr", "ocr"]
    assert "NQ-204" in result.pages[0].text
    assert "SECOND SCAN" in result.pages[1].text
    assert outline(document, "scan.docx", "").needs_ocr == (0, 1)
    assert [image.page for image in previews(document, "scan.docx", "", [0, 1])] == [0, 1]


def test_the_pictures_of_a_word_document_with_text_are_not_read():
    document = a_word_document(a_picture(ROWS), text="A report with a picture. " * 20)

    assert outline(document, "report.docx", "").needs_ocr == ()


@pytest.mark.parametrize(
    "document", [a_docx(""), a_word_document(a_picture([("LOGO", "")]))], ids=["empty", "logo"]
)
def test_a_word_document_with_neither_text_nor_scan_is_unreadable(document):
    with pytest.raises(Unreadable, match="no_text"):
        read(document, "empty.docx", "")

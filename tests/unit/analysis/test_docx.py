"""The text of a Word document, from all parts of its package."""

import io
import zipfile

import pytest

from analysis import Limits, Unreadable, read
from analysis.formats.docx import body, sheet
from tests.unit.analysis.documents import a_docx, best_values, p

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEVELS = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1">'
    '<w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)
NUMBERED = ("numbering", "word/numbering.xml", LEVELS)
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def item(text, level):
    return p(
        text, f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
    )


def text_of(data):
    return [" | ".join(block.texts) for block in body.blocks(data, Limits())]


def test_lists_have_the_numbers_of_word():
    data = a_docx(
        item("one", 0) + item("within", 1) + item("again", 1) + item("two", 0) + item("anew", 1),
        parts=[NUMBERED],
    )

    assert text_of(data) == ["1. one", "1.a) within", "1.b) again", "2. two", "2.a) anew"]


def test_tracked_changes_are_read_as_accepted():
    data = a_docx(
        "<w:p><w:r><w:t>due in </w:t></w:r><w:del><w:r><w:delText>30</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>14</w:t></w:r></w:ins><w:r><w:t> days</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>joined</w:t></w:r></w:p>"
        + p("to this")
    )

    assert text_of(data) == ["due in 14 days", "joined to this"]


def test_headers_notes_comments_and_footers_are_read_with_the_body():
    parts = [
        ("header", "word/header1.xml", p("above")),
        ("footnotes", "word/footnotes.xml", f"<w:footnote>{p('a note')}</w:footnote>"),
        ("comments", "word/comments.xml", f"<w:comment>{p('a remark')}</w:comment>"),
        ("footer", "word/footer1.xml", p("beneath")),
    ]

    assert text_of(a_docx(p("text"), parts=parts)) == [
        "above",
        "text",
        "a note",
        "a remark",
        "beneath",
    ]


def test_a_strict_document_with_another_main_part_is_read():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"

    assert text_of(a_docx(p("hello"), main="other/story.xml", namespace=strict)) == ["hello"]


def test_a_table_in_a_cell_is_read_once():
    inner = f"<w:tbl><w:tr><w:tc>{p('inner')}</w:tc></w:tr></w:tbl>"
    data = a_docx(f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{inner}{p('b')}</w:tc></w:tr></w:tbl>")

    assert text_of(data) == ["a | b", "inner"]


def test_one_of_several_alternatives_is_read():
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    data = a_docx(
        "<w:p><w:r><w:AlternateContent>"
        f"<w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback>"
        "</w:AlternateContent></w:r></w:p>"
    )

    assert text_of(data) == ["boxed"]


def test_a_link_has_its_target():
    link = (
        '<Relationship Id="l" Type="x/hyperlink" Target="https://example.org/" '
        'TargetMode="External"/>'
    )
    text = '<w:p><w:hyperlink r:id="l"><w:r><w:t>our site</w:t></w:r></w:hyperlink></w:p>'

    assert text_of(a_docx(text, relations=[link])) == ["our site (https://example.org/)"]


def test_an_equation_is_one_line():
    fraction = (
        f"<w:p><m:oMath {MATH}><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>c</m:t></m:r></m:den></m:f></m:oMath></w:p>"
    )

    assert text_of(a_docx(fraction)) == ["(a+b)/c"]


def test_a_long_document_is_marked_as_cut():
    cut = sheet.sheets(a_docx(p("line") * 200), Limits(pages=2))

    assert (len(cut.lines), cut.cut) == (2, True)


def test_a_long_word_is_broken_without_losses():
    word = "".join(f"{number:04d}" for number in range(100))

    layout = sheet.sheets(a_docx(p(word)), Limits())

    assert "".join(line.text for line in layout.lines[0]) == word


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_docx("<w:x>" * 1000 + "</w:x>" * 1000), "damaged"),
        (a_docx('<!DOCTYPE x [<!ENTITY a "b">]>'), "damaged"),
        (a_docx("")[:-30], "damaged"),
    ],
)
def test_a_malicious_document_is_unreadable(data, code):
    with pytest.raises(Unreadable) as failed:
        sheet.sheets(data, Limits())

    assert failed.value.code == code


def with_chunk(name, content):
    """A document with a paragraph, a part in another format, and another paragraph."""
    body_xml = p("Before") + '<w:altChunk r:id="p0"/>' + p("After")
    document = a_docx(body_xml, parts=[("aFChunk", f"word/{name}", "")])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == f"word/{name}" else old.read(entry))
    return buffer.getvalue()


HTML = """<html><head><title>no</title><style>p {}</style></head><body><h1>Offer</h1>
<p>Dear Ms <b>Pike</b>,<br>our&nbsp;offer: <script>no()</script></p>
<table><tr><th>Item</th><th>Price</th></tr><tr><td><p>Oak</p><p>board</p></td><td>12.50</td></tr>
<tr><td colspan=2>Total <table><tr><td>12.50</td></tr></table></td></table>Kind regards</body>"""


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("chunk.html", HTML.encode(), [
            "Offer", "Dear Ms Pike,", "our offer:", "Item | Price", "Oak\nboard | 12.50",
            "Total\n12.50", "Kind regards",
        ]),
        ("chunk.htm", '<meta charset="latin-1"><p>Größe'.encode("latin-1"), ["Größe"]),
        ("chunk.txt", "Eins\r\n\r\nZwei".encode("utf-16"), ["Eins", "Zwei"]),
        ("chunk.docx", a_docx(p("Within")), ["Within"]),
        ("chunk.docx", with_chunk("chunk.docx", a_docx(p("too deep"))), ["Before", "After"]),
        ("chunk.rtf", b"{\\rtf1 text}", []),
    ],
)  # fmt: skip
def test_parts_in_other_formats_are_read_in_their_place(name, content, lines):
    assert text_of(with_chunk(name, content)) == ["Before", *lines, "After"]


def test_the_table_of_an_html_part_is_a_table():
    blocks = list(body.blocks(with_chunk("chunk.html", HTML.encode()), Limits()))

    [oak] = [block for block in blocks if block.texts[0] == "Oak\nboard"]
    [total] = [block for block in blocks if block.texts[0] == "Total\n12.50"]
    assert oak.table is not None
    assert oak.table == total.table
    assert total.cells[0].column_span == 2


def test_nested_documents_share_the_limit_of_unpacked_bytes():
    inner = a_docx(p(" " * 400_000))
    data = with_chunk("chunk.docx", inner)

    with pytest.raises(Unreadable, match="too_large_inside"):
        list(body.blocks(data, Limits(inflated_bytes=300_000)))


def lines(*texts):
    """A paragraph with a line break between texts."""
    runs = "<w:br/>".join(f"<w:t>{text}</w:t>" for text in texts)
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def cell(*paragraphs):
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def laid_out(data):
    """The lines of the sheets with their place from the left, in hundredths."""
    pages = sheet.sheets(data, Limits()).lines
    return [(line.text, round(100 * line.box.left)) for page in pages for line in page]


def test_a_line_break_ends_a_line_of_a_paragraph_a_header_or_a_cell():
    head = ("header", "word/header1.xml", lines("Moor Catering Ltd", "Unit 9"))
    note = "<w:p><w:r><w:t>No. 7</w:t><w:cr/><w:t>Due  soon</w:t></w:r></w:p>"
    table = f"<w:tbl><w:tr>{cell(lines('Ada Pike', 'Bath'), p('UK'))}</w:tr></w:tbl>"

    assert [text for text, _ in laid_out(a_docx(note + table, parts=[head]))] == [
        "Moor Catering Ltd", "Unit 9", "No. 7", "Due soon", "Ada Pike", "Bath", "UK",
    ]  # fmt: skip


def test_a_cell_is_not_wrapped_while_its_row_has_room():
    name = "The Quayside Brasserie and Oyster Rooms Ltd"
    row = "".join(cell(p(text)) for text in ("Credit to:", name, "Account:", "Q4"))

    assert [text for text, _ in laid_out(a_docx(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))] == [
        "Credit to:", name, "Account:", "Q4",
    ]  # fmt: skip


def test_the_widest_columns_share_the_room_that_the_others_leave():
    long = "word " * 40
    row = "".join(cell(p(text)) for text in ("1.", long, long))

    placed = laid_out(a_docx(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))

    assert {x for _, x in placed} == {9, 17, 54}
    assert placed[0] == ("1.", 9)


def parties_of(body, *, parts=()):
    data = a_docx(body, parts=parts)
    found = best_values(read(data, "invoice.docx", DOCX))
    return found.get("seller"), found.get("buyer")


ITEMS = (
    "<w:tbl>"
    + "".join(
        f"<w:tr>{''.join(cell(p(text)) for text in row)}</w:tr>"
        for row in (
            ("Description", "Qty", "Price", "Amount"),
            ("Oak board", "2", "10.00", "20.00"),
            ("Elm board", "1", "30.00", "30.00"),
            ("Total", "", "", "50.00"),
        )
    )
    + "</w:tbl>"
)


@pytest.mark.parametrize(
    "body",
    [
        # both parties side by side in a table without rules
        "<w:tbl><w:tr>"
        + cell(lines("Holt Timber Ltd", "4 Mill Lane", "Leeds LS1 4AB"))
        + cell(lines("Bill to:", "Ravel Joinery Ltd", "9 Quay Street", "Hull HU1 2BN"))
        + f"</w:tr></w:tbl>{lines('Invoice no: 88', 'Date: 3 March 2026')}{ITEMS}",
        # a letterhead, and the buyer as a label with a paragraph of lines below it
        lines("Holt Timber Ltd", "4 Mill Lane, Leeds LS1 4AB", "VAT no GB 123 4567 82")
        + p("INVOICE 88") + p("Bill to")
        + lines("Ravel Joinery Ltd", "9 Quay Street", "Hull HU1 2BN") + ITEMS,
        # a label in one cell, its lines in the next
        p("Holt Timber Ltd") + lines("4 Mill Lane", "Leeds LS1 4AB") + p("Invoice no: 88")
        + f"<w:tbl><w:tr>{cell(p('Customer:'))}"
        + cell(lines("Ravel Joinery Ltd", "9 Quay Street", "Hull HU1 2BN"))
        + f"</w:tr></w:tbl>{ITEMS}",
    ],
)  # fmt: skip
def test_the_lines_of_a_seller_and_a_buyer_are_told_apart(body):
    assert parties_of(body) == ("Holt Timber Ltd", "Ravel Joinery Ltd")

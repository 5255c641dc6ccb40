"""Malicious files: each has a reason or a partial result."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from analysis import Limits, Unreadable, read
from analysis.errors import DOCUMENT_CODES
from analysis.sandbox import parent
from tests.unit.analysis.documents import a_docx, a_pdf, p

PLAIN = a_pdf(["A page with some text of its own"])
QUICK = Limits(seconds=40, page_seconds=20)
IMPATIENT = Limits(seconds=120, page_seconds=6)
"""For a page that takes all the time it is given: enough for an ordinary page on a busy machine."""


def a_raw_pdf(
    *, pages=b"/Count 1/Kids[3 0 R]", box=b"[0 0 600 800]", content=b"", more=b"", uses=b""
):
    packed = zlib.compress(content, 9)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages" + pages + b">>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox" + box + b"/Resources<<" + uses + b">>"
        b"/Contents 4 0 R>>endobj\n4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed)
        + packed + b"\nendstream endobj\n" + more + b"trailer<</Root 1 0 R>>\n%%EOF"
    )  # fmt: skip


def a_png(width, height, *, row):
    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def a_wide_gif():
    buffer = io.BytesIO()
    Image.new("L", (20, 10)).save(buffer, "GIF")
    data = buffer.getvalue()
    return data[:6] + b"\xff\xff\xff\xff" + data[10:]


def encrypted_pdf(password):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password, "owner"))
    canvas.drawString(72, 700, "A page with some text of its own")
    canvas.save()
    return buffer.getvalue()


FORMS = b"".join(
    b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    b"/Length 24>>stream\n/X Do /X Do /X Do /X Do \nendstream endobj\n" % (number, number + 1)
    for number in range(5, 40)
)  # each form draws the next one four times
MANY = b"/Count 99999/Kids[" + b"3 0 R " * 99_999 + b"]"
SECOND_PAGE = (
    b"50 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 51 0 R/Resources<</Font<<"
    b"/F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"51 0 obj<</Length 60>>stream\nBT /F 12 Tf 9 700 Td (the second page has its own text) Tj ET  "
    b"\nendstream endobj\n"
)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (encrypted_pdf("secret"), "a.pdf", "password_protected"),
        (PLAIN[: len(PLAIN) // 2], "a.pdf", "damaged"),
        (b"%PDF-1.7\n", "a.pdf", "damaged"),
        (b"<html>%PDF-1.4</html>", "a.pdf", "unknown_type"),
        (b"\xff\xd8\xff\xe0" + PLAIN, "a.jpg", "damaged"),
        (b"GIF89a" + PLAIN, "a.png", "damaged"),
        (a_raw_pdf(pages=MANY), "a.pdf", "too_many_pages"),
        (a_png(30_000, 30_000, row=b"\0" * 3751), "a.png", "too_many_pixels"),
        (a_wide_gif(), "a.gif", "too_many_pixels"),
        (b"<?xml version='1.0'?>" + b"<a>" * 100_000, "a.xml", "unknown_xml"),
        (a_docx(p("x") * 3)[:200], "a.docx", "unknown_type"),
        (a_docx("0" * 110_000_000), "a.docx", "too_large_inside"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_malicious_file_is_unreadable(data, name, code):
    with pytest.raises(Unreadable) as failed:
        read(data, name, "", limits=QUICK)

    assert failed.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        a_raw_pdf(box=b"[0 0 0.001 90000]"),
        a_raw_pdf(pages=b"/Count 2/Kids[2 0 R 2 0 R]"),
        a_raw_pdf(content=b"/X Do", uses=b"/XObject<</X 5 0 R>>", more=FORMS),
    ],
    ids=["page as a line", "recursive pages", "nested forms"],
)
@pytest.mark.usefixtures("new_child")
def test_an_unreadable_page_is_listed_in_a_partial_result(data):
    result = read(data, "a.pdf", "", limits=IMPATIENT)

    assert result.partial
    assert result.unread[0]["page"] == 0
    assert result.unread[0]["code"] in DOCUMENT_CODES


@pytest.mark.parametrize(
    "data",
    [
        a_raw_pdf(box=b"[0 0 0 0]"),
        a_raw_pdf(box=b"[0 0 2000000000 2000000000]", content=b"0 0 m 9 9 l S"),
        a_raw_pdf(pages=b"/Count 2000000000/Kids[3 0 R]"),
        PLAIN + b"PK\x03\x04" + b"\0" * 100,
        encrypted_pdf(""),
    ],
    ids=["no size", "huge size", "wrong count", "appended zip", "owner password only"],
)
def test_an_unusual_file_is_read(data):
    assert read(data, "a.pdf", "", limits=QUICK).page_count == 1


@pytest.mark.parametrize("mode", ["I;16", "1", "L", "LA", "RGBA", "P"])
def test_pictures_of_every_colour_mode_are_read(mode):
    buffer = io.BytesIO()
    Image.new(mode, (60, 40)).save(buffer, "PNG")

    result = read(buffer.getvalue(), "a.png", "image/png", limits=QUICK)

    assert (result.pages[0].width, result.pages[0].height) == (60, 40)


def test_a_tiff_file_whose_pages_are_a_ring_has_each_once():
    buffer = io.BytesIO()
    Image.new("L", (60, 40), "white").save(buffer, "TIFF")
    data = bytearray(buffer.getvalue())
    first = int.from_bytes(data[4:8], "little")
    after = first + 2 + 12 * int.from_bytes(data[first : first + 2], "little")
    data[after : after + 4] = first.to_bytes(4, "little")

    assert read(bytes(data), "a.tif", "image/tiff", limits=QUICK).page_count == 1


def test_right_to_left_text_is_read_with_its_language():
    result = read(a_docx(p("שלום עולם, זה מסמך קצר מאוד")), "a.docx", "")

    assert result.language == "he"
    assert result.pages[0].text.startswith("שלום עולם")


@pytest.mark.usefixtures("new_child")
def test_a_slow_page_does_not_affect_the_others():
    forms = a_raw_pdf(
        pages=b"/Count 2/Kids[3 0 R 50 0 R]", content=b"/X Do", uses=b"/XObject<</X 5 0 R>>",
        more=FORMS + SECOND_PAGE,
    )  # fmt: skip

    result = read(forms, "a.pdf", "", limits=IMPATIENT)

    assert [entry["page"] for entry in result.unread] == [0]
    assert [page.number for page in result.pages] == [1]


@pytest.mark.usefixtures("new_child")
def test_the_child_does_not_inherit_the_environment(monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "do not tell")

    read(PLAIN, "a.pdf", "", limits=QUICK)
    [child] = parent._idle
    environment = Path(f"/proc/{child._process.pid}/environ").read_text()

    assert "do not tell" not in environment


def a_pdf_without_its_font(text, *, character_width):
    font = b"/Type/Font/Subtype/TrueType/BaseFont/Missing/FirstChar 32/LastChar 126"
    widths = b"[" + b"%d " % character_width * 95 + b"]"
    return a_raw_pdf(
        content=b"BT /F 20 Tf 20 200 Td (" + text + b") Tj ET",
        uses=b"/Font<</F<<" + font + b"/Widths" + widths + b">>>>",
    )


def test_documents_read_by_one_child_do_not_affect_each_other():
    documents = {
        "short.pdf": a_pdf_without_its_font(
            b"Wide", character_width=900
        ),  # without a text layer, so that the page is drawn
        "narrow.pdf": a_pdf_without_its_font(b"Invoice number 2026", character_width=300),
        "wider.pdf": a_pdf_without_its_font(b"Invoice number 2026", character_width=400),
        "letter.docx": a_docx(p("A page with some text of its own")),
        "scan.png": a_png(300, 300, row=b"\0" + b"\xff" * 38),
    }

    def result(filename):
        return read(documents[filename], filename, "").to_dict()

    def result_of_a_fresh_child(filename):
        parent.close()
        return result(filename)

    alone = [result_of_a_fresh_child(filename) for filename in documents]
    result("short.pdf")
    [child] = parent._idle
    after_others = [result(filename) for filename in documents]

    assert parent._idle == [child]
    assert after_others == alone


def test_the_used_memory_is_limited(patch_child):
    patch_child(
        "from analysis.formats.open_document import PdfFile\n"
        "page = PdfFile.page\n"
        "PdfFile.page = lambda self, number: page(self, number * len(bytearray(500 * 1024**2)))\n"
    )

    result = read(PLAIN, "a.pdf", "", limits=Limits(memory_bytes=450 * 1024**2))

    assert result.unread[0]["code"] == "page_too_much_memory"


@pytest.mark.parametrize(
    "frame",
    [
        "struct.pack('>IQ', 10, 1 << 40)",
        "struct.pack('>IQ', 1, 0) + b'\\xff'",
        "struct.pack('>IQ', 100_000, 0) + b'[' * 100_000",
        "struct.pack('>IQ', 5000, 0) + b'9' * 5000",
        "struct.pack('>IQ', 2, 0) + b'[]'",
    ],
    ids=["too large", "not UTF-8", "nested too deeply", "a very long number", "no object"],
)
def test_an_answer_that_the_child_would_not_send_is_rejected(patch_child, frame):
    patch_child(
        "import struct\n"
        "from analysis.sandbox import protocol\n"
        "def send(pipe, head, body=b''):\n"
        f"    pipe.write({frame})\n"
        "    pipe.flush()\n"
        "protocol.send = send\n"
    )

    with pytest.raises(Unreadable) as failed:
        read(PLAIN, "a.pdf", "", limits=QUICK)

    assert failed.value.code == "damaged"

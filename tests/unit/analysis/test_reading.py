"""The reader end to end, on the project's own samples and on broken files."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # it ships no types

import analysis
from analysis import (
    Limits,
    ReaderFailed,
    Result,
    Unreadable,
    identify,
    join,
    outline,
    previews,
    read,
)
from analysis.sandbox import parent
from tests.unit.analysis.documents import a_pdf, best_values

SAMPLES = Path(__file__).resolve().parents[3] / "local" / "samples"
TYPES = {
    "invoice.pdf": "application/pdf",
    "contract.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "receipt.jpg": "image/jpeg",
}


def a_reading_of(name):
    return read((SAMPLES / name).read_bytes(), name, TYPES[name])


def test_the_sample_invoice_is_read_as_what_it_states():
    reading = a_reading_of("invoice.pdf")

    assert (reading.kind, reading.page_count, reading.language) == ("invoice", 2, "en")
    facts = best_values(reading)
    assert facts["invoice_number"] == "HB-2026-0417"
    assert facts["issue_date"] == "2026-04-17"
    assert facts["due_date"] == "2026-05-01"
    assert facts["delivery_date"] == "2026-04-14"
    assert facts["gross"] == {"minor": 115870, "currency": "eur"}
    assert facts["net"] == {"minor": 97370, "currency": "eur"}
    assert facts["tax"] == {"minor": 18500, "currency": "eur"}
    assert facts["iban"] == "DE89370400440532013000"
    assert facts["seller"] == "Holzwerk Brandt GmbH"
    assert facts["buyer"] == "Atelier Nordlicht Ltd."
    assert [item.amount for item in reading.line_items] == [
        "356.00", "100.00", "288.00", "35.00", "194.70",
    ]  # fmt: skip


def test_the_sample_contract_is_read_as_what_it_states():
    reading = a_reading_of("contract.docx")

    assert reading.kind == "contract"
    facts = best_values(reading)
    assert facts["effective_date"] == "2026-03-02"
    assert facts["governing_law"] == "England and Wales"
    assert facts["term"] == "24 months"
    assert [party["name"] for party in reading.parties] == [
        "Nordlicht Studio Ltd",
        "Fernhill Analytics LLP",
    ]


def test_the_photographed_receipt_is_read_as_what_it_states():
    reading = a_reading_of("receipt.jpg")

    assert (reading.kind, reading.pages[0].source) == ("receipt", "ocr")
    facts = best_values(reading)
    assert facts["merchant"] == "CAFE MORGENROT LTD"
    assert (facts["date"], facts["time"]) == ("2026-04-21", "09:42")
    assert facts["total"] == {"minor": 1300, "currency": "gbp"}
    assert facts["payment_method"] == "card"


def test_a_reading_survives_json_and_every_box_lies_on_its_page():
    reading = a_reading_of("invoice.pdf")

    again = Result.from_dict(reading.to_dict())

    assert again.to_dict() == reading.to_dict()
    for fact in again.facts:
        assert fact.box is not None
        assert 0 <= fact.box.left < fact.box.right <= 1
        assert 0 <= fact.box.top < fact.box.bottom <= 1


def test_every_sentence_of_the_summary_is_quoted_from_its_page():
    reading = a_reading_of("contract.docx")

    assert reading.summary
    for entry in reading.summary:
        page = next(page for page in reading.pages if page.number == entry["page"])
        assert entry["text"] in " ".join(line.text for line in page.lines)


def test_ranges_joined_in_any_order_and_twice_are_the_whole():
    pages = (
        "Invoice number: A-77 of this year",
        "Grand total EUR 119.00 to be paid",
        "IBAN DE89 3704 0044 0532 0130 00",
    )
    data = a_pdf(*[[page] for page in pages], size=A4)
    whole = read(data, "a.pdf", "application/pdf")
    parts = [
        read(data, "a.pdf", "application/pdf", pages=pages)
        for pages in (range(2, 3), range(2), range(2))
    ]

    joined = join(parts)

    assert joined.to_dict() == whole.to_dict()


def test_ranges_of_which_nothing_could_be_read_join_to_what_says_so():
    lost = Result(
        reader_version="1", kind_of_file="pdf", page_count=2, pages=(),
        unread=(
            {"page": 0, "code": "damaged_page", "params": {}},
            {"page": 1, "code": "odd_page", "params": {}},
        ),
        partial=True,
    )  # fmt: skip

    joined = join([lost])

    assert joined.partial
    assert joined.pages == ()
    assert [page["code"] for page in joined.unread] == ["damaged_page", "odd_page"]


def test_a_child_is_used_again_though_it_has_another_time():
    parent.close()
    data = a_pdf(["a page with some text of its own"])
    read(data, "a.pdf", "", limits=Limits(seconds=40))
    [first] = parent._idle

    read(data, "a.pdf", "", limits=Limits(seconds=20, page_seconds=10))

    assert parent._idle == [first]


def test_a_missing_range_is_named_and_makes_the_reading_partial():
    data = a_pdf(["the first page has some text"], ["the second page has some text"])

    joined = join([read(data, "a.pdf", "application/pdf", pages=range(1))])

    assert joined.partial
    assert [entry["page"] for entry in joined.unread] == [1]


def test_the_outline_tells_pages_with_text_from_scans():
    data = a_pdf(["a page with a text layer of its own"], [])

    assert outline(data, "a.pdf", "application/pdf").needs_ocr == (1,)


def test_previews_are_webp_in_two_sizes():
    [only] = previews((SAMPLES / "invoice.pdf").read_bytes(), "a.pdf", "application/pdf", [0, 99])

    with Image.open(io.BytesIO(only.readable)) as readable:
        assert (readable.format, readable.size) == ("WEBP", (only.width, only.height))
    with Image.open(io.BytesIO(only.thumbnail)) as thumbnail:
        assert max(thumbnail.size) < 300


def a_docx_bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml")
        archive.writestr("word/document.xml", b"0" * 120_000_000)
    return buffer.getvalue()


def a_huge_png():
    head = b"IHDR" + (30_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + head + b"\x00" * 40


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"hello there", "a.pdf", "unknown_type"),
        (a_pdf(["text"]), "a.png", "type_mismatch"),
        (a_pdf(["text"])[:300], "a.pdf", "damaged"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "a.jpg", "damaged"),
        (a_docx_bomb(), "a.docx", "too_large_inside"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "password_protected_or_old_format"),
    ],
)
def test_a_file_that_cannot_be_read_ends_as_a_reason(data, name, code):
    with pytest.raises(Unreadable) as failed:
        read(data, name, "")

    assert failed.value.code == code


def test_a_picture_of_too_many_pixels_is_never_unpacked():
    with pytest.raises(Unreadable) as failed:
        read(a_huge_png(), "a.png", "image/png")

    assert failed.value.code in {"too_many_pixels", "damaged"}


def test_too_many_pages_are_refused():
    data = a_pdf(["one"], ["two"], ["three"])

    with pytest.raises(Unreadable) as failed:
        read(data, "a.pdf", "application/pdf", limits=Limits(pages=2))

    assert failed.value.code == "too_many_pages"


def test_a_document_over_its_time_ends_as_a_reason_and_the_next_one_is_read():
    data = a_pdf(["a page with some text of its own"])

    with pytest.raises(Unreadable) as failed:
        read(data, "a.pdf", "application/pdf", limits=Limits(page_seconds=0.001))

    assert failed.value.code in {"took_too_long", "damaged"}
    assert read(data, "a.pdf", "application/pdf").page_count == 1


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Our own code fails from now on, in the child process: it starts with these lines."""

    def so(lines):
        parent.close()
        (tmp_path / "sitecustomize.py").write_text(lines)
        monkeypatch.syspath_prepend(tmp_path)

    yield so
    parent.close()


TWO_PAGES = a_pdf(["the first page has some text"], ["the second page has some text"])
NO_FINDINGS = """
import analysis.extract.pipeline
analysis.extract.pipeline.extract = lambda **_: 1 / 0
"""
NO_FIRST_PAGE = """
from analysis.formats.open_document import PdfFile
page = PdfFile.page
PdfFile.page = lambda self, number: page(self, number) if number else 1 / 0
"""


@pytest.mark.parametrize("lines", [NO_FINDINGS, NO_FIRST_PAGE, "raise SystemExit(3)"])
def test_a_mistake_of_our_own_does_not_blame_the_file(broken, lines):
    broken(lines)

    with pytest.raises(ReaderFailed):
        read(TWO_PAGES, "a.pdf", "application/pdf")


def test_a_reader_that_failed_says_what_was_raised(broken):
    broken(NO_FINDINGS)

    with pytest.raises(ReaderFailed, match="ZeroDivisionError"):
        read(TWO_PAGES, "a.pdf", "application/pdf")


def test_a_page_that_our_own_code_fails_on_is_gone_without_if_that_is_forgiven(broken):
    broken(NO_FIRST_PAGE)

    reading = read(TWO_PAGES, "a.pdf", "application/pdf", skip_failed_pages=True)

    assert [page.number for page in reading.pages] == [1]
    assert [page["page"] for page in reading.unread] == [0]
    assert reading.unread[0]["code"] == "page_reader_failed"


def test_nothing_is_forgiven_where_no_page_is_left(broken):
    broken(NO_FIRST_PAGE)

    with pytest.raises(ReaderFailed):
        read(a_pdf(["the only page has some text"]), "a.pdf", "", skip_failed_pages=True)


ONE_PAGE = a_pdf(["the only page has some text"])
FOUR_PAGES = a_pdf(*[[f"page {number} has some text of its own"] for number in range(4)])
EVERY_PAGE_LEAVES_300_MB = """
from analysis.formats.open_document import PdfFile
page, held = PdfFile.page, []
def growing(self, number):
    held.append(bytearray(300 * 1024 * 1024))
    return page(self, number)
PdfFile.page = growing
"""
ONLY_THE_FIRST_PAGE = """
import os, signal, time
from analysis.formats.open_document import PdfFile
page, seen = PdfFile.page, []
def once(self, number):
    seen.append(number)
    if len(seen) > 1:
        {failure}
    return page(self, number)
PdfFile.page = once
"""
ONLY_ONE_OUTLINE = """
from analysis.formats import open_document
opened, seen = open_document.open_file, []
def once(*arguments):
    seen.append(arguments)
    if len(seen) > 1:
        raise MemoryError
    return opened(*arguments)
open_document.open_file = once
"""
OUT_OF_MEMORY, CRASH, STUCK = "raise MemoryError", "os.kill(os.getpid(), 9)", "time.sleep(60)"


def test_a_child_that_has_grown_reads_no_further_document(broken):
    broken(EVERY_PAGE_LEAVES_300_MB)

    readings = [read(ONE_PAGE, "a.pdf", "application/pdf") for _ in range(5)]

    assert [reading.unread for reading in readings] == [()] * 5


@pytest.mark.parametrize(("held_megabytes", "is_reused"), [(700, True), (860, False)])
def test_a_child_is_reused_while_it_holds_less_than_85_percent_of_its_limit(
    broken, held_megabytes, is_reused
):
    broken(
        "from analysis.formats.open_document import PdfFile\n"
        f"page, held = PdfFile.page, bytearray({held_megabytes} * 1024 * 1024)\n"
        "PdfFile.page = lambda self, number: page(self, number)\n"
    )

    reading = read(ONE_PAGE, "a.pdf", "application/pdf", limits=Limits(memory_bytes=960 * 1024**2))

    assert not reading.partial
    assert bool(parent._idle) is is_reused


def test_a_long_document_is_read_on_by_a_fresh_child_when_memory_runs_out(broken):
    broken(EVERY_PAGE_LEAVES_300_MB)

    reading = read(FOUR_PAGES, "a.pdf", "application/pdf")

    assert [page.number for page in reading.pages] == [0, 1, 2, 3]
    assert not reading.partial


@pytest.mark.parametrize("failure", [OUT_OF_MEMORY, CRASH, STUCK])
def test_a_document_is_not_blamed_before_a_fresh_child_has_tried(broken, failure):
    broken(ONLY_THE_FIRST_PAGE.format(failure=failure))
    limits = Limits(seconds=40, page_seconds=4)

    readings = [read(ONE_PAGE, "a.pdf", "application/pdf", limits=limits) for _ in range(2)]

    assert [reading.unread for reading in readings] == [(), ()]


@pytest.mark.parametrize("failure", [OUT_OF_MEMORY, CRASH])
def test_every_page_is_tried_by_a_child_that_has_read_nothing(broken, failure):
    broken(ONLY_THE_FIRST_PAGE.format(failure=failure))

    reading = read(FOUR_PAGES, "a.pdf", "application/pdf")

    assert [page.number for page in reading.pages] == [0, 1, 2, 3]


def test_a_page_too_large_for_a_fresh_child_is_named_and_the_others_are_read(broken):
    broken(
        "from analysis.formats.open_document import PdfFile\n"
        "page = PdfFile.page\n"
        "PdfFile.page = lambda self, number: bytearray(1 << 40) if number else page(self, number)\n"
    )

    reading = read(TWO_PAGES, "a.pdf", "application/pdf")

    assert [page.number for page in reading.pages] == [0]
    assert [(page["page"], page["code"]) for page in reading.unread] == [
        (1, "page_too_much_memory")
    ]


def test_an_outline_and_pictures_are_tried_by_a_fresh_child_too(broken):
    broken(ONLY_ONE_OUTLINE)

    outlines = [outline(TWO_PAGES, "a.pdf", "application/pdf").page_count for _ in range(2)]
    drawn = [entry.page for entry in previews(TWO_PAGES, "a.pdf", "application/pdf", [0, 1])]

    assert (outlines, drawn) == ([2, 2], [0, 1])


def test_an_invoice_with_an_empty_first_page_is_read():
    data = a_pdf([""], ["Invoice number: A-77 of this year", "Grand total EUR 119.00"])

    assert read(data, "a.pdf", "application/pdf").page_count == 2


def test_the_declared_type_must_agree_with_the_bytes():
    with pytest.raises(Unreadable):
        identify(a_pdf(["text"]), "a.pdf", "image/png")

    assert identify(a_pdf(["text"]), "a.PDF", "application/octet-stream") == "pdf"


def a_small(kind):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "filename", "content_type"),
    [
        ("PNG", "a.jpg", "image/jpeg"),
        ("PNG", "a.jfif", ""),
        ("PNG", "a.png", "image/jpeg"),
        ("JPEG", "a.png", "image/png"),
        ("JPEG", "a.jfif", "image/jpeg"),
        ("JPEG", "a.JFIF", "image/pjpeg"),
    ],
)
def test_a_picture_named_as_the_other_kind_is_read_as_what_its_bytes_say(
    kind, filename, content_type
):
    assert identify(a_small(kind), filename, content_type) == kind.lower()
    assert read(a_small(kind), filename, content_type).kind_of_file == kind.lower()


@pytest.mark.parametrize(
    ("data", "filename", "content_type"),
    [
        (a_small("PNG"), "a.pdf", "image/png"),
        (a_small("PNG"), "a.png", "application/pdf"),
        (a_small("JPEG"), "a.docx", ""),
        (a_small("JPEG"), "a.gif", ""),
    ],
)
def test_a_picture_named_or_declared_as_no_picture_is_refused(data, filename, content_type):
    with pytest.raises(Unreadable) as failed:
        identify(data, filename, content_type)

    assert failed.value.code == "type_mismatch"


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix", b"hevc"])
@pytest.mark.parametrize("filename", ["photo.heic", "photo.jpg"])
def test_a_heic_photo_is_refused_with_a_code_of_its_own(brand, filename):
    with pytest.raises(Unreadable) as failed:
        identify(b"\0\0\0\x18ftyp" + brand + b"\0" * 20, filename, "image/heic")

    assert failed.value.code == "heic_not_supported"


def test_a_document_without_any_text_says_so():
    read_whole = read(a_pdf([], []), "a.pdf", "application/pdf")

    assert [page.number for page in read_whole.pages] == [0, 1]
    assert [entry["code"] for entry in read_whole.warnings] == ["no_text"]
    parts = [read(a_pdf([], []), "a.pdf", "", pages=range(n, n + 1)) for n in range(2)]
    assert [entry["code"] for entry in join(parts).warnings] == ["no_text"]


def test_a_document_with_text_on_one_page_does_not_warn_of_the_empty_ones():
    reading = read(a_pdf(["a page with some text of its own"], []), "a.pdf", "application/pdf")

    assert reading.warnings == ()


def test_the_version_is_stated_in_every_reading():
    assert a_reading_of("invoice.pdf").reader_version == analysis.READER_VERSION

"""The reader end to end, on the project's own samples and on broken files."""

import io
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4

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

SAMPLES = Path(__file__).resolve().parents[3] / "layers/core/python/docket/samples"
TYPES = {
    "invoice.pdf": "application/pdf",
    "contract.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "receipt.jpg": "image/jpeg",
}


@cache
def read_sample(name):
    return read((SAMPLES / name).read_bytes(), name, TYPES[name])


def test_the_facts_of_the_sample_invoice_are_found():
    result = read_sample("invoice.pdf")

    assert (result.kind, result.page_count, result.language) == ("invoice", 2, "en")
    facts = best_values(result)
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
    assert [item.amount for item in result.line_items] == [
        "356.00", "100.00", "288.00", "35.00", "194.70",
    ]  # fmt: skip


def test_the_facts_of_the_sample_contract_are_found():
    result = read_sample("contract.docx")

    assert result.kind == "contract"
    facts = best_values(result)
    assert facts["effective_date"] == "2026-03-02"
    assert facts["governing_law"] == "England and Wales"
    assert facts["term"] == "24 months"
    assert [party["name"] for party in result.parties] == [
        "Nordlicht Studio Ltd.",
        "Fernhill Analytics LLP",
    ]


def test_the_facts_of_the_sample_receipt_are_found():
    result = read_sample("receipt.jpg")

    assert (result.kind, result.pages[0].source) == ("receipt", "ocr")
    facts = best_values(result)
    assert facts["merchant"] == "CAFE MORGENROT LTD"
    assert (facts["date"], facts["time"]) == ("2026-04-21", "09:42")
    assert facts["total"] == {"minor": 1300, "currency": "gbp"}
    assert facts["payment_method"] == "card"


def test_a_result_is_parsed_from_json_with_boxes_on_the_page():
    result = read_sample("invoice.pdf")

    parsed = Result.from_dict(result.to_dict())

    assert parsed.to_dict() == result.to_dict()
    for fact in parsed.facts:
        assert fact.box is not None
        assert 0 <= fact.box.left < fact.box.right <= 1
        assert 0 <= fact.box.top < fact.box.bottom <= 1


def test_every_sentence_of_a_summary_is_on_its_page():
    result = read_sample("contract.docx")

    assert result.summary
    for entry in result.summary:
        page = next(page for page in result.pages if page.number == entry["page"])
        assert entry["text"] in " ".join(line.text for line in page.lines)


def test_joined_ranges_equal_the_whole():
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


def test_joined_unreadable_ranges_list_their_pages():
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


def test_the_time_that_a_new_child_needs_to_load_does_not_count_for_a_page():
    head = {"ask": "outline", "kind": "pdf"}

    answers = parent.ask(head, ONE_PAGE, Limits(page_seconds=0), seconds=120, fresh=True)

    assert "outline" in next(answers)[0]


@pytest.mark.usefixtures("new_child")
def test_a_child_is_reused_with_other_time_limits():
    data = a_pdf(["a page with some text of its own"])
    read(data, "a.pdf", "", limits=Limits(seconds=40))
    [first] = parent._idle

    read(data, "a.pdf", "", limits=Limits(seconds=20, page_seconds=10))

    assert parent._idle == [first]


def test_a_missing_range_makes_a_partial_result():
    data = a_pdf(["the first page has some text"], ["the second page has some text"])

    joined = join([read(data, "a.pdf", "application/pdf", pages=range(1))])

    assert joined.partial
    assert [entry["page"] for entry in joined.unread] == [1]


def test_the_outline_lists_pages_that_need_ocr():
    data = a_pdf(["a page with a text layer of its own"], [])

    assert outline(data, "a.pdf", "application/pdf").needs_ocr == (1,)


def test_previews_are_webp_in_two_sizes():
    [only] = previews((SAMPLES / "invoice.pdf").read_bytes(), "a.pdf", "application/pdf", [0, 99])

    with Image.open(io.BytesIO(only.readable)) as readable:
        assert (readable.format, readable.size) == ("WEBP", (only.width, only.height))
    with Image.open(io.BytesIO(only.thumbnail)) as thumbnail:
        assert max(thumbnail.size) < 300


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (b"hello there", "a.pdf", "unknown_type"),
        (a_pdf(["text"]), "a.png", "type_mismatch"),
        (a_pdf(["text"])[:300], "a.pdf", "damaged"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "a.jpg", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "password_protected_or_old_format"),
    ],
)
def test_an_unreadable_file_has_a_reason(data, name, code):
    with pytest.raises(Unreadable) as failed:
        read(data, name, "")

    assert failed.value.code == code


def test_too_many_pages_are_rejected():
    data = a_pdf(["one"], ["two"], ["three"])

    with pytest.raises(Unreadable) as failed:
        read(data, "a.pdf", "application/pdf", limits=Limits(pages=2))

    assert failed.value.code == "too_many_pages"


def test_a_document_that_takes_too_long_is_unreadable():
    data = a_pdf(["a page with some text of its own"])

    with pytest.raises(Unreadable) as failed:
        read(data, "a.pdf", "application/pdf", limits=Limits(page_seconds=0))

    assert failed.value.code in {"took_too_long", "damaged"}
    assert read(data, "a.pdf", "application/pdf").page_count == 1


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


@pytest.mark.parametrize(
    ("lines", "exception"),
    [
        (NO_FINDINGS, "ZeroDivisionError"),
        (NO_FIRST_PAGE, "ZeroDivisionError"),
        ("raise SystemExit(3)", None),
        ("import os; os.kill(os.getpid(), 31)", None),
    ],
    ids=["extraction", "first page", "exit", "killed at the start"],
)
def test_a_failure_of_the_reader_is_not_a_reason_of_the_file(patch_child, lines, exception):
    patch_child(lines)

    with pytest.raises(ReaderFailed, match=exception):
        read(TWO_PAGES, "a.pdf", "application/pdf")


def test_failed_pages_can_be_skipped(patch_child):
    patch_child(NO_FIRST_PAGE)

    result = read(TWO_PAGES, "a.pdf", "application/pdf", skip_failed_pages=True)

    assert [page.number for page in result.pages] == [1]
    assert [page["page"] for page in result.unread] == [0]
    assert result.unread[0]["code"] == "page_reader_failed"


def test_a_document_without_another_page_is_not_skipped(patch_child):
    patch_child(NO_FIRST_PAGE)

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


def test_a_child_that_has_grown_is_replaced(patch_child):
    patch_child(EVERY_PAGE_LEAVES_300_MB)

    results = [read(ONE_PAGE, "a.pdf", "application/pdf") for _ in range(5)]

    assert [result.unread for result in results] == [()] * 5


@pytest.mark.parametrize(("held_megabytes", "is_reused"), [(700, True), (860, False)])
def test_a_child_is_reused_while_it_holds_less_than_85_percent_of_its_limit(
    patch_child, held_megabytes, is_reused
):
    patch_child(
        "from analysis.formats.open_document import PdfFile\n"
        f"page, held = PdfFile.page, bytearray({held_megabytes} * 1024 * 1024)\n"
        "PdfFile.page = lambda self, number: page(self, number)\n"
    )

    result = read(ONE_PAGE, "a.pdf", "application/pdf", limits=Limits(memory_bytes=960 * 1024**2))

    assert not result.partial
    assert bool(parent._idle) is is_reused


def test_a_long_document_is_continued_by_a_new_child(patch_child):
    patch_child(EVERY_PAGE_LEAVES_300_MB)

    result = read(FOUR_PAGES, "a.pdf", "application/pdf")

    assert [page.number for page in result.pages] == [0, 1, 2, 3]
    assert not result.partial


@pytest.mark.parametrize(
    "failure", [OUT_OF_MEMORY, CRASH, STUCK], ids=["out of memory", "crash", "stuck"]
)
def test_a_document_is_tried_by_a_new_child(patch_child, failure):
    patch_child(ONLY_THE_FIRST_PAGE.format(failure=failure))
    limits = Limits(seconds=60, page_seconds=6)

    results = [read(ONE_PAGE, "a.pdf", "application/pdf", limits=limits) for _ in range(2)]

    assert [result.unread for result in results] == [(), ()]


@pytest.mark.parametrize("failure", [OUT_OF_MEMORY, CRASH], ids=["out of memory", "crash"])
def test_every_page_is_tried_by_a_new_child(patch_child, failure):
    patch_child(ONLY_THE_FIRST_PAGE.format(failure=failure))

    result = read(FOUR_PAGES, "a.pdf", "application/pdf")

    assert [page.number for page in result.pages] == [0, 1, 2, 3]


def test_a_page_too_large_for_a_new_child_is_listed_as_unread(patch_child):
    patch_child(
        "from analysis.formats.open_document import PdfFile\n"
        "page = PdfFile.page\n"
        "PdfFile.page = lambda self, number: bytearray(1 << 40) if number else page(self, number)\n"
    )

    result = read(TWO_PAGES, "a.pdf", "application/pdf")

    assert [page.number for page in result.pages] == [0]
    assert [(page["page"], page["code"]) for page in result.unread] == [(1, "page_too_much_memory")]


def test_an_outline_and_page_images_are_tried_by_a_new_child(patch_child):
    patch_child(ONLY_ONE_OUTLINE)

    outlines = [outline(TWO_PAGES, "a.pdf", "application/pdf").page_count for _ in range(2)]
    page_images = [entry.page for entry in previews(TWO_PAGES, "a.pdf", "application/pdf", [0, 1])]

    assert (outlines, page_images) == ([2, 2], [0, 1])


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
        ("TIFF", "a.tif", "image/tiff"),
        ("WEBP", "a.jpg", "image/webp"),
        ("GIF", "a.gif", "image/gif"),
    ],
)
def test_a_picture_with_another_extension_is_read_by_its_bytes(kind, filename, content_type):
    assert identify(a_small(kind), filename, content_type) == kind.lower()
    assert read(a_small(kind), filename, content_type).kind_of_file == kind.lower()


@pytest.mark.parametrize(
    ("data", "filename", "content_type"),
    [
        (a_small("PNG"), "a.pdf", "image/png"),
        (a_small("PNG"), "a.png", "application/pdf"),
        (a_small("JPEG"), "a.docx", ""),
        (a_small("GIF"), "a.pdf", ""),
        (b"<?xml version='1.0'?><a/>", "a.pdf", ""),
    ],
)
def test_a_picture_declared_as_another_type_is_rejected(data, filename, content_type):
    with pytest.raises(Unreadable) as failed:
        identify(data, filename, content_type)

    assert failed.value.code == "type_mismatch"


def test_a_document_without_text_has_a_warning():
    whole = read(a_pdf([], []), "a.pdf", "application/pdf")

    assert [page.number for page in whole.pages] == [0, 1]
    blank = {"code": "no_text", "params": {"context": "blank"}}
    assert whole.warnings == (blank,)
    parts = [read(a_pdf([], []), "a.pdf", "", pages=range(n, n + 1)) for n in range(2)]
    assert join(parts).warnings == (blank,)


def a_photo(*, drawn):
    """A photograph of grained paper with a shadow, with a shape on it if one is `drawn`."""
    grain = Image.effect_noise((800, 1100), 12)
    shadow = Image.linear_gradient("L").resize((800, 1100)).point(lambda level: 150 + level // 3)
    photo = Image.blend(shadow, grain, 0.1).convert("RGB")
    if drawn:
        ImageDraw.Draw(photo).ellipse((250, 300, 600, 700), outline="#303030", width=9)
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.mark.parametrize(("drawn", "context"), [(False, "blank"), (True, "pictures")])
def test_a_photo_without_text_is_blank_or_a_picture(drawn, context):
    result = read(a_photo(drawn=drawn), "a.jpg", "image/jpeg")

    assert result.warnings == ({"code": "no_text", "params": {"context": context}},)
    assert result.pages[0].blank != drawn


def test_a_document_with_one_page_of_text_has_no_warning():
    result = read(a_pdf(["a page with some text of its own"], []), "a.pdf", "application/pdf")

    assert result.warnings == ()


def test_a_result_has_the_readers_version():
    assert read_sample("invoice.pdf").reader_version == analysis.READER_VERSION

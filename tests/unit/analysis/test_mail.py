"""E-mails: their text and what is attached to them, each as a document of its own."""

import io
import zipfile
from email.message import EmailMessage

import pytest
from PIL import Image

from analysis import Unreadable, outline, previews, read
from analysis.formats.mail import message as mail_message
from analysis.limits import Limits
from tests.unit.analysis.documents import a_pdf

INVOICE = ["Tallow Ltd", "Invoice", "Invoice number: TP-1", "Date: 3 March 2026",
           "Total due: GBP 120.00"]  # fmt: skip


def a_mail(text="Please find our invoice.\n", *, subject="Your invoice", attached=(), html=None):
    """A mail with attachments, each its name and content."""
    mail = EmailMessage()
    mail["From"] = "Ann Tallow <ann@tallow.example>"
    mail["To"] = "Bob <bob@client.example>"
    mail["Date"] = "Tue, 03 Mar 2026 10:00:00 +0000"
    mail["Subject"] = subject
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, content in attached:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail


def a_png(width, height):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(buffer, "PNG")
    return buffer.getvalue()


def names_of(result, code="attachments_not_read"):
    return [warning["params"]["names"] for warning in result.warnings if warning["code"] == code]


def test_an_attachment_is_a_document_with_its_own_facts():
    mail = a_mail(attached=[("invoice.pdf", a_pdf(INVOICE, ["Page 2 of 2"]))])

    result = read(bytes(mail), "mail.eml", "message/rfc822")

    numbers = [(fact.page, fact.value) for fact in result.facts if fact.name == "invoice_number"]
    documents = [(s.title, s.first_page, s.last_page) for s in result.segments]
    assert documents == [("Your invoice", 0, 0), ("invoice.pdf", 1, 2)]
    assert result.segments[1].kind == "invoice"
    assert numbers == [(1, "TP-1")]
    assert (result.kind_of_file, result.page_count) == ("eml", 3)


def test_the_text_and_the_head_of_a_mail_are_a_page():
    result = read(bytes(a_mail(subject="Grüße & Fragen")), "mail.eml", "")

    assert result.segments == ()
    assert "Subject: Grüße & Fragen" in result.pages[0].text
    assert "Please find our invoice." in result.pages[0].text


def test_html_is_read_only_where_there_is_no_plain_text():
    both = a_mail("the plain text\n", html="<p>the formatted text</p>")
    formatted = a_mail("\n", html="<p>the formatted text</p>")

    texts = [read(bytes(mail), "a.eml", "").pages[0].text for mail in (both, formatted)]

    assert "the plain text" in texts[0]
    assert "formatted" not in texts[0]
    assert "the formatted text" in texts[1]


def test_an_attachment_within_the_formatted_text_is_read():
    formatted = a_mail(html=None, attached=[("invoice.pdf", a_pdf(INVOICE))])
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = "a@b.example", "Tue, 3 Mar 2026", "Invoice"
    mail.set_content("the plain text\n")
    mail.make_alternative()
    mail.attach(formatted)

    result = read(bytes(mail), "a.eml", "")

    assert [segment.title for segment in result.segments] == ["Invoice", "invoice.pdf"]
    assert "the plain text" in result.pages[0].text
    assert "Please find" not in result.pages[0].text


def test_pages_are_drawn_and_ocr_is_announced_wherever_they_are():
    mail = bytes(a_mail(attached=[("scan.png", a_png(900, 900)), ("a.pdf", a_pdf(INVOICE))]))

    assert outline(mail, "a.eml", "").needs_ocr == (1,)
    assert [drawn.page for drawn in previews(mail, "a.eml", "", [0, 1, 2])] == [0, 1, 2]


def test_attachments_that_are_not_read_are_named():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("invoice.txt", "text")
    attached = [
        ("files.zip", archive.getvalue()),
        ("broken.pdf", b"%PDF-1.7 broken"),
        ("locked.pdf", a_pdf(INVOICE, password="secret")),
    ]

    result = read(bytes(a_mail(attached=attached)), "a.eml", "")

    assert names_of(result) == ["files.zip, broken.pdf"]
    assert names_of(result, "parts_locked") == ["locked.pdf"]
    assert result.page_count == 1


def test_a_mail_within_a_mail_is_read_with_its_attachments():
    inner = a_mail("The inner text.\n", subject="Inner", attached=[("a.pdf", a_pdf(INVOICE))])
    outer = a_mail("See below.\n", subject="Outer")
    outer.add_attachment(inner)

    result = read(bytes(outer), "a.eml", "")

    assert [segment.title for segment in result.segments] == ["Outer", "Inner", "a.pdf"]


def test_small_pictures_in_the_text_are_decoration():
    mail = a_mail()
    for place, size in enumerate([(80, 80), (900, 700)]):
        mail.add_attachment(
            a_png(*size), maintype="image", subtype="png", filename=f"{place}.png",
            disposition="inline", cid=f"<{place}@tallow.example>",
        )  # fmt: skip

    result = outline(bytes(mail), "a.eml", "")

    assert (result.page_count, result.needs_ocr) == (2, (1,))


def test_a_mail_whose_attachments_unpack_to_too_much_is_read_without_them():
    mail = a_mail(attached=[("a.pdf", a_pdf(INVOICE)), ("b.pdf", a_pdf(INVOICE))])
    limit = len(a_pdf(INVOICE)) + 200

    contents = mail_message.read(bytes(mail), Limits(inflated_bytes=limit))

    assert contents[2] == mail_message.LeftOut("b.pdf")


def test_pages_of_attachments_beyond_the_limit_are_left_out():
    mail = a_mail(attached=[("a.pdf", a_pdf(INVOICE)), ("b.pdf", a_pdf(INVOICE, INVOICE))])

    result = read(bytes(mail), "a.eml", "", limits=Limits(pages=3))

    assert result.page_count == 2
    assert names_of(result) == ["b.pdf"]


def test_the_outer_mails_are_read_if_mails_are_too_deep_in_mails():
    mail = a_mail("The text.\n", subject="Innermost")
    for depth in range(11, 0, -1):
        outer = a_mail("Another.\n", subject=f"Mail {depth}")
        outer.add_attachment(mail)
        mail = outer

    result = read(bytes(mail), "a.eml", "")

    assert [segment.title for segment in result.segments] == [f"Mail {n}" for n in range(1, 7)]
    assert names_of(result) == ["Mail 7"]


def test_attachments_left_out_are_named_in_the_order_of_the_mail():
    attached = [(f"f{place}.bin", b"\x00\x01") for place in range(60)]

    [warning] = read(bytes(a_mail(attached=attached)), "a.eml", "").warnings

    first = ", ".join(f"f{place}.bin" for place in range(10))
    assert warning["params"] == {"names": f"{first}, …", "number": 60}


def test_parts_beyond_the_limit_are_named():
    mail = a_mail(attached=[(f"f{place}.bin", b"x") for place in range(600)])

    [warning] = read(bytes(mail), "a.eml", "").warnings

    assert warning["params"]["number"] == 600


def test_texts_beyond_the_limit_of_pages_are_named():
    inner = a_mail("word \n" * 200, subject="Inner")
    outer = a_mail("See below.\n", subject="Outer")
    outer.add_attachment(inner)

    assert names_of(read(bytes(outer), "a.eml", "", limits=Limits(pages=1))) == ["Inner"]


@pytest.mark.parametrize("content", [b"\x00\x01", a_pdf(INVOICE, password="secret")])
def test_a_mail_of_which_something_is_left_out_is_read_in_part(content):
    whole = read(bytes(a_mail(attached=[("a.pdf", a_pdf(INVOICE))])), "a.eml", "")
    part = read(bytes(a_mail(attached=[("a.pdf", content)])), "a.eml", "")

    assert (whole.partial, part.partial) == (False, True)


def test_a_mail_that_mentions_a_pdf_is_a_mail():
    text = "%PDF-1.7 is the first line of a file, then 1 0 obj"

    result = read(bytes(a_mail(text)), "a.eml", "message/rfc822")

    assert text in result.pages[0].text


def test_a_mail_whose_first_field_resembles_a_photo_is_a_mail():
    head = b"To: ftyp@tallow.example\nFrom: a@b.example\nSubject: Hello\n\nThe text.\n"

    assert "The text." in read(head, "a.eml", "").pages[0].text


def test_a_text_file_is_no_mail():
    with pytest.raises(Unreadable, match="unknown_type"):
        read(b"Note: buy milk\nFrom: the shop\n", "a.eml", "")

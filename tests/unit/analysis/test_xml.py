"""Untrusted XML: a document type declaration is rejected in every encoding."""

import io
import zipfile

import pytest

from analysis import Limits, Unreadable
from analysis.formats import xml
from analysis.formats.docx import sheet
from analysis.formats.einvoices import einvoice
from tests.unit.analysis.documents import a_docx, p

INVOICE = "<Invoice><ID>{}</ID></Invoice>"
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(8))
DECLARATIONS = {
    "empty": "<!DOCTYPE Invoice>",
    "an entity": '<!DOCTYPE Invoice [<!ENTITY a "A-1">]>',
    "a billion laughs": f'<!DOCTYPE Invoice [<!ENTITY l0 "ha">{LAUGHS}]>',
    "a file": '<!DOCTYPE Invoice [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "a server": '<!DOCTYPE Invoice SYSTEM "http://203.0.113.9/invoice.dtd">',
    "a parameter": '<!DOCTYPE Invoice [<!ENTITY % a SYSTEM "http://203.0.113.9/a">%a;]>',
    "late": f"<!--{'x' * 70_000}--><!DOCTYPE Invoice>",
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "utf-7", "utf-32"]
READ = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]
NAMES = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-32": "ucs-4"}


def encode(text, encoding):
    return f'<?xml version="1.0" encoding="{NAMES.get(encoding, encoding)}"?>{text}'.encode(
        encoding
    )


def with_main_part(content):
    """A DOCX whose main part is these bytes."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_docx(p("text")))) as source,
        zipfile.ZipFile(buffer, "w") as made,
    ):
        for name in source.namelist():
            made.writestr(name, content if name == "word/document.xml" else source.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=DECLARATIONS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_invoice_with_a_document_type_is_rejected(encoding, declaration):
    entity = "&l8;" if "l8" in declaration else "&a;" if " a " in declaration else "A-1"
    content = encode(declaration + INVOICE.format(entity), encoding)

    assert einvoice.parse(content) is None


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_word_document_with_a_document_type_is_damaged(encoding):
    part = encode('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', encoding)

    with pytest.raises(Unreadable) as failed:
        sheet.sheets(with_main_part(part), Limits())

    assert failed.value.code == "damaged"


@pytest.mark.parametrize("encoding", READ)
def test_an_invoice_is_read_in_every_supported_encoding(encoding):
    parsed = einvoice.parse(encode(INVOICE.format("Ü-1"), encoding))

    assert parsed is not None
    assert [fact.value for fact in parsed[0]] == ["Ü-1"]


@pytest.mark.parametrize("encoding", ["nonsense", "rot13", "idna", "utf-7", "ucs-4", ""])
def test_an_unknown_encoding_is_malformed(encoding):
    with pytest.raises(xml.Malformed):
        xml.parse(f'<?xml version="1.0" encoding="{encoding}"?><x/>'.encode())


@pytest.mark.parametrize("content", [b"", b"<x>", b"<x/><y/>", b"<x>" * 500 + b"</x>" * 500])
def test_incomplete_or_deeply_nested_xml_is_malformed(content):
    with pytest.raises(xml.Malformed):
        xml.parse(content)


def test_a_document_type_is_rejected_before_entities_are_expanded():
    content = encode(DECLARATIONS["a billion laughs"] + INVOICE.format("&l8;"), "utf-16")

    with pytest.raises(xml.Malformed, match="declaration"):
        xml.parse(content)

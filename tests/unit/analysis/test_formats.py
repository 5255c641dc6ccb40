"""Images of other formats than PNG and JPEG, and files that are set on sheets: XML and XLSX."""

import io
from pathlib import Path

import pytest
from PIL import Image

from analysis import Limits, Unreadable, identify, outline, previews, read
from analysis.formats.einvoices import signed
from analysis.formats.images import ocr
from analysis.formats.images.image_file import ImageFile
from analysis.model import Box, Line
from tests.unit.analysis.documents import a_pdf, a_picture, best_values
from tests.unit.analysis.workbooks import TYPE, a_workbook, cells

RECEIPT_HEIC = (Path(__file__).parent / "receipt.heic").read_bytes()
"""`a_picture` of a receipt, compressed with HEVC: Docket's own packages only decode it."""
ROWS = [("NORTH QUAY STORES", ""), ("Receipt No 204", ""), *[("Bread", "3.10")] * 8]


def an_image(kind, *images, **options):
    first, *others = (Image.open(io.BytesIO(picture)) for picture in images)
    buffer = io.BytesIO()
    several = {"save_all": True, "append_images": others} if others else {}
    first.save(buffer, kind, **several, **options)
    return buffer.getvalue()


def test_a_heic_photo_is_read():
    result = read(RECEIPT_HEIC, "IMG_0417.HEIC", "image/heic")

    assert (result.kind_of_file, result.kind) == ("heic", "receipt")
    assert best_values(result)["total"] == {"minor": 730, "currency": "gbp"}
    [preview] = previews(RECEIPT_HEIC, "a.jpg", "image/jpeg", [0])
    assert preview.width == 760


@pytest.mark.parametrize("major", [b"heic", b"mif1"])
def test_a_heic_photo_is_detected_by_its_brands(major):
    brands = b"\0\0\0\x18ftyp" + major + b"\0\0\0\0mif1heic"

    assert identify(brands, "photo.heic", "image/heic") == "heic"


def test_an_avif_image_is_not_a_heic_photo():
    with pytest.raises(Unreadable, match="unknown_type"):
        identify(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "photo.heic", "image/heic")


@pytest.mark.parametrize(("kind", "name"), [("WEBP", "a.webp"), ("GIF", "a.gif")])
def test_an_image_of_another_format_is_read(kind, name):
    result = read(an_image(kind, a_picture(ROWS)), name, "")

    assert "NORTH QUAY STORES" in result.pages[0].text


@pytest.mark.parametrize(
    ("kind", "models"),
    [("png", ["tiny"]), ("gif", ["tiny"]), ("tiff", ["tiny"]), ("jpeg", ["tiny", "small"])],
)
def test_the_accurate_model_is_asked_about_photographs_only(kind, models, monkeypatch):
    """The fast model is this sure of a clean scan; of a photograph that is not enough."""
    used = []

    def read_image(_image, *, model, like=None):
        used.append(model)
        lines = [Line("Bread 3.10", Box(0.1, 0.1, 0.5, 0.2))]
        return ocr.OcrPage(lines, 0.969, 0, [0.969])

    monkeypatch.setattr(ocr, "read_image", read_image)

    ImageFile(an_image(kind, a_picture(ROWS)), kind, Limits()).page(0)

    assert used == models


def test_all_pages_of_a_tiff_file_are_read():
    pages = [a_picture([(f"PAGE {number} OF THREE", ""), *ROWS]) for number in range(3)]
    scan = an_image("TIFF", *pages, compression="tiff_deflate")

    result = read(scan, "scan.tiff", "image/tiff", pages=range(1, 3))

    assert result.page_count == 3
    assert ["PAGE 1" in result.pages[0].text, "PAGE 2" in result.pages[1].text] == [True, True]
    assert outline(scan, "scan.tif", "").needs_ocr == (0, 1, 2)
    assert [image.page for image in previews(scan, "scan.tif", "", [0, 2, 5])] == [0, 2]


def test_the_thumbnail_of_a_page_is_no_page():
    page = Image.open(io.BytesIO(a_picture(ROWS)))
    thumbnail = page.resize((80, 60))
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    buffer = io.BytesIO()
    page.save(buffer, "TIFF", save_all=True, append_images=[thumbnail])

    assert outline(buffer.getvalue(), "scan.tif", "image/tiff").page_count == 1


def test_a_fax_has_square_pixels():
    picture = Image.open(io.BytesIO(a_picture(ROWS)))
    fax = picture.convert("1").resize((picture.width, picture.height // 2))
    buffer = io.BytesIO()
    fax.save(buffer, "TIFF", compression="group4", dpi=(204, 102))

    [preview] = previews(buffer.getvalue(), "fax.tif", "image/tiff", [0])

    assert (preview.width, preview.height) == pytest.approx((760, picture.height), abs=2)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (an_image("TIFF", *[a_picture(ROWS)] * 4), "a.tif", "too_many_pages"),
        (an_image("TIFF", a_picture(ROWS))[:2000], "a.tif", "damaged"),
        (RECEIPT_HEIC[:3000], "a.heic", "damaged"),
        (an_image("WEBP", a_picture(ROWS))[:300], "a.webp", "damaged"),
        (b"GIF89a" + b"\xff" * 7, "a.gif", "damaged"),
        (an_image("GIF", a_picture(ROWS)), "a.gif", "too_many_pixels"),
        (RECEIPT_HEIC, "a.heic", "too_many_pixels"),
        (b"<?xml version='1.0'?><order/>", "a.xml", "unknown_xml"),
        (b"<?xml version='1.0'?><order>", "a.xml", "unknown_xml"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><Invoice>&b;</Invoice>", "a.xml", "unknown_type"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><Invoice><ID>&b;</ID></Invoice>",
         "a.xml", "unknown_xml"),
        (bytes.fromhex("3080 06092a864886f70d010702 a080 3080"), "a.xml.p7m", "damaged"),
    ],
)  # fmt: skip
def test_a_bad_file_has_a_reason(data, name, code):
    limits = Limits(pages=3, pixels=100_000 if code == "too_many_pixels" else 10**8)

    with pytest.raises(Unreadable) as failed:
        read(data, name, "", limits=limits)

    assert failed.value.code == code


UBL = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:{root}-2" xmlns:cbc="urn:cbc" xmlns:cac="urn:cac">
<cbc:ID>XR-2026-55</cbc:ID><cbc:IssueDate>2026-03-10</cbc:IssueDate>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>PO-77</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Musterbau Nord GmbH</cbc:Name>
</cac:PartyName><cac:PartyTaxScheme><cbc:CompanyID>DE136695976</cbc:CompanyID>
</cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
<cac:TaxTotal><cbc:TaxAmount>19.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount>119.00</cbc:TaxInclusiveAmount><cbc:PayableAmount>69.00</cbc:PayableAmount>
</cac:LegalMonetaryTotal>{lines}</{root}>"""
LINE = (
    "<cac:InvoiceLine><cbc:InvoicedQuantity>2</cbc:InvoicedQuantity>"
    "<cbc:LineExtensionAmount>50.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Zement</cbc:Name>"
    "</cac:Item><cac:Price><cbc:PriceAmount>25.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine>"
)
FATTURA = b"""<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/v1.2">
<FatturaElettronicaHeader>
<CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>07643520567</IdCodice>
</IdFiscaleIVA><Anagrafica><Denominazione>Officine Meridiana</Denominazione></Anagrafica>
</DatiAnagrafici></CedentePrestatore>
<CessionarioCommittente><DatiAnagrafici><Anagrafica><Nome>Ada</Nome><Cognome>Rossi</Cognome>
</Anagrafica></DatiAnagrafici></CessionarioCommittente></FatturaElettronicaHeader>
<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento>
<Divisa>EUR</Divisa><Data>2026-03-14</Data><Numero>127/2026</Numero></DatiGeneraliDocumento>
</DatiGenerali><DatiBeniServizi><DettaglioLinee><Descrizione>Revisione</Descrizione>
<Quantita>2.00</Quantita><PrezzoUnitario>550.00</PrezzoUnitario><PrezzoTotale>1100.00</PrezzoTotale>
</DettaglioLinee><DatiRiepilogo><ImponibileImporto>1000.00</ImponibileImporto><Imposta>220.00</Imposta>
</DatiRiepilogo><DatiRiepilogo><ImponibileImporto>100.00</ImponibileImporto><Imposta>10.00</Imposta>
</DatiRiepilogo></DatiBeniServizi><DatiPagamento><DettaglioPagamento>
<DataScadenzaPagamento>2026-05-31</DataScadenzaPagamento><ImportoPagamento>1330.00</ImportoPagamento>
<IBAN>IT60X0542811101000000123456</IBAN></DettaglioPagamento></DatiPagamento>
</FatturaElettronicaBody></p:FatturaElettronica>"""


def an_xrechnung(root="Invoice", lines=LINE):
    return UBL.format(root=root, lines=lines).encode()


def test_an_xrechnung_alone_is_read():
    result = read(an_xrechnung(), "xrechnung.xml", "text/xml")

    assert (result.kind, result.page_count, result.pages[0].source) == ("invoice", 1, "xml")
    assert best_values(result) == {
        "invoice_number": "XR-2026-55",
        "issue_date": "2026-03-10",
        "seller": "Musterbau Nord GmbH",
        "seller_vat_id": "DE136695976",
        "po_number": "PO-77",
        "net": {"minor": 10000, "currency": "eur"},
        "tax": {"minor": 1900, "currency": "eur"},
        "gross": {"minor": 11900, "currency": "eur"},
        "payable": {"minor": 6900, "currency": "eur"},
        "currency": "eur",
    }
    assert [(item.description, item.amount) for item in result.line_items] == [("Zement", "50.00")]


def test_each_fact_of_an_xrechnung_has_its_place_on_the_sheet():
    data = an_xrechnung()

    result = read(data, "xrechnung.xml", "application/xml")

    lines = {(line.box.left, line.box.top): line.text for line in result.pages[0].lines}
    assert [lines[fact.box.left, fact.box.top] for fact in result.facts if fact.box] == [
        fact.value for fact in result.facts
    ]
    [preview] = previews(data, "xrechnung.xml", "", [0])
    assert (preview.width, preview.height) == (989, 1400)


def test_a_credit_note_as_xml_is_a_credit_note():
    assert read(an_xrechnung("CreditNote"), "gutschrift.xml", "").kind == "credit_note"


def test_a_long_invoice_as_xml_has_several_sheets():
    result = read(an_xrechnung(lines=LINE * 120), "xrechnung.xml", "")

    assert result.page_count == 4
    assert len(result.line_items) == 120


def test_an_invoice_as_xml_that_mentions_a_pdf_is_xml():
    content = an_xrechnung().replace(b"<cbc:ID>", b"<!-- %PDF-1.7 1 0 obj --><cbc:ID>", 1)

    assert best_values(read(content, "a.xml", ""))["invoice_number"] == "XR-2026-55"


def test_a_pdf_after_other_bytes_is_a_pdf():
    content = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + a_pdf(["Hello."])

    assert identify(content, "a.pdf", "application/pdf") == "pdf"


@pytest.mark.parametrize("name", ["a.csv", "a.pdf"])
def test_a_text_that_mentions_a_pdf_is_none(name):
    with pytest.raises(Unreadable, match="unknown_type"):
        identify(b"kind;start\npdf;%PDF-\n", name, "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_an_invoice_is_detected_in_other_encodings(encoding):
    content = an_xrechnung().decode().replace('encoding="UTF-8"', "").encode(encoding)

    assert best_values(read(content, "a.xml", ""))["invoice_number"] == "XR-2026-55"


FATTURA_VALUES = {
    "invoice_number": "127/2026",
    "issue_date": "2026-03-14",
    "due_date": "2026-05-31",
    "iban": "IT60X0542811101000000123456",
    "currency": "eur",
    "seller": "Officine Meridiana",
    "seller_vat_id": "IT07643520567",
    "buyer": "Ada Rossi",
    "net": {"minor": 110000, "currency": "eur"},
    "tax": {"minor": 23000, "currency": "eur"},
    "gross": {"minor": 133000, "currency": "eur"},
}


def test_a_fattura_is_read():
    result = read(FATTURA, "IT07643520567_00001.xml", "text/xml")

    assert best_values(result) == FATTURA_VALUES
    assert [item.amount for item in result.line_items] == ["1100.00"]


def element(tag, content):
    size = len(content).to_bytes(4)
    return bytes([tag, 0x84]) + size + content


def a_signed(content, *, in_pieces):
    """Signed data without a signature, of definite length, or of pieces and indefinite length."""
    kind = bytes.fromhex("06092a864886f70d010702")
    plain = bytes.fromhex("06092a864886f70d010701")
    version = bytes.fromhex("020101 3100")
    if not in_pieces:
        octets = element(0xA0, element(0x04, content))
        inner = element(0x30, version + element(0x30, plain + octets))
        return element(0x30, kind + element(0xA0, inner))
    pieces = b"".join(element(0x04, content[at : at + 1000]) for at in range(0, len(content), 1000))
    octets = b"\xa0\x80\x24\x80" + pieces + b"\0\0\0\0"
    inner = b"\x30\x80" + version + b"\x30\x80" + plain + octets + b"\0\0\0\0"
    return b"\x30\x80" + kind + b"\xa0\x80" + inner + b"\0\0\0\0"


@pytest.mark.parametrize("in_pieces", [False, True])
def test_a_signed_fattura_is_read(in_pieces):
    data = a_signed(FATTURA, in_pieces=in_pieces)

    assert signed.content(data) == FATTURA
    result = read(data, "IT07643520567_00001.xml.p7m", "application/pkcs7-mime")
    assert best_values(result) == FATTURA_VALUES


@pytest.mark.parametrize("cut", [40, 200, 900])
def test_a_cut_signed_file_is_unreadable(cut):
    with pytest.raises(signed.NotSigned):
        signed.content(a_signed(FATTURA, in_pieces=True)[:cut])


BILL = "".join(
    [
        cells("Holzwerk Brandt GmbH"),
        cells("Rechnung Nr.", "HB-2026-0417"),
        cells("Rechnungsdatum", (46095, 1)),
        cells("Beschreibung", "Menge", "Einzelpreis", "Betrag"),
        cells("Eichenbrett", (4, 0), (12.5, 2), (50, 2)),
        cells("Leim, wasserfest", (1, 0), (62.5, 2), (62.5, 2)),
        cells("Netto", "", "", (112.5, 2)),
        cells("MwSt.", (0.19, 3), "", (21.375, 2)),
        cells("Rechnungsbetrag", "", "", (133.88, 2)),
    ]
)


def test_a_spreadsheet_is_read():
    result = read(a_workbook(BILL), "rechnung.xlsx", TYPE)

    assert (result.kind_of_file, result.kind, result.page_count) == ("xlsx", "invoice", 1)
    values = best_values(result)
    assert (values["invoice_number"], values["issue_date"]) == ("HB-2026-0417", "2026-03-14")
    assert values["gross"] == {"minor": 13388, "currency": "eur"}
    assert [(item.description, item.quantity, item.amount) for item in result.line_items] == [
        ("Eichenbrett", "4", "50.00"),
        ("Leim, wasserfest", "1", "62.50"),
    ]


def test_each_visible_sheet_of_a_workbook_begins_a_page():
    hours = "".join(cells(f"Day {day}", (8, 0)) for day in range(60))
    workbook = a_workbook(BILL, cells("never shown"), hours, "", hidden=[2])

    result = read(workbook, "a.xlsx", TYPE)

    assert [page.lines[0].text for page in result.pages] == [
        "Holzwerk Brandt GmbH",
        "Day 0",
        "Day 48",
    ]
    assert "never shown" not in "".join(page.text for page in result.pages)


def test_a_wide_sheet_has_a_wide_page():
    row = cells(*(f"column {number}" for number in range(30)))
    data = a_workbook(row)

    [page] = read(data, "a.xlsx", TYPE).pages

    assert page.width > 1000
    assert [line.text for line in page.lines][29] == "column 29"
    assert max(line.box.right for line in page.lines) <= 1
    [preview] = previews(data, "a.xlsx", TYPE, [0])
    assert preview.width == 1400


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_workbook(""), "no_text"),
        (a_workbook("<row><c t='s'><v>7</v></c></row>"), "no_text"),
        (a_workbook(BILL)[:-200], "damaged"),
        (a_workbook("<row>"), "damaged"),
        (a_workbook(" " * 2_000_000 + BILL), "too_large_inside"),
    ],
    ids=["empty", "unknown-string", "cut", "malformed", "bomb"],
)
def test_a_bad_spreadsheet_has_a_reason(data, code):
    with pytest.raises(Unreadable) as failed:
        read(data, "a.xlsx", TYPE, limits=Limits(inflated_bytes=1_000_000))

    assert failed.value.code == code

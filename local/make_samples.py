"""Make the three documents of the sample order: an invoice, a contract, a photographed receipt.

All names, numbers and addresses are invented. The files are reproducible.
"""

import io
import random
import zipfile
from pathlib import Path

import docx
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).resolve().parents[1] / "layers/core/python/docket/samples"

ITEMS = (
    ("Oak shelf, oiled, 120 cm", 4, "89.00"),
    ("Wall bracket, black steel", 8, "12.50"),
    ("Assembly on site, hours", 6, "48.00"),
    ("Delivery within the city", 1, "35.00"),
    ("Desk lamp Lumen 2", 3, "64.90"),
)
"""The items of the invoice: description, quantity, price in euros."""
RECEIPT = (
    ("Flat white", "3.40"),
    ("Oat croissant", "2.90"),
    ("Lemon tart", "4.20"),
    ("Sparkling water", "2.50"),
)


def invoice(path: Path) -> None:
    """Two pages: letterhead and line items, then the totals and the payment terms."""
    pdf = Canvas(str(path), pagesize=A4, invariant=1)
    pdf.setTitle("Invoice HB-2026-0417")
    pdf.setFont("Helvetica-Bold", 18)
    pdf.drawString(60, 770, "Holzwerk Brandt GmbH")
    pdf.setFont("Helvetica", 9)
    pdf.drawString(60, 754, "Gerberweg 14, 20457 Hamburg, Germany")
    pdf.drawString(60, 742, "Phone: +49 40 22867310    billing@holzwerk-brandt.example")
    pdf.setFont("Helvetica", 10)
    for number, line in enumerate(("Bill to:", "Atelier Nordlicht Ltd.", "8 Quay Lane", "Bristol BS1 4DJ")):  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
        pdf.drawString(60, 690 - 13 * number, line)
    for number, (label, value) in enumerate(
        (
            ("Invoice number:", "HB-2026-0417"),
            ("Invoice date:", "17 April 2026"),
            ("Delivery date:", "14 April 2026"),
            ("Due date:", "1 May 2026"),
        )
    ):
        pdf.drawString(360, 690 - 13 * number, label)
        pdf.drawString(460, 690 - 13 * number, value)
    pdf.setFont("Helvetica-Bold", 14)
    pdf.drawString(60, 600, "Invoice")
    y = 570
    pdf.setFont("Helvetica-Bold", 10)
    for x, heading in ((60, "Description"), (330, "Quantity"), (410, "Unit price"), (500, "Amount")):  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
        pdf.drawString(x, y, heading)
    pdf.line(60, y - 5, 545, y - 5)
    pdf.setFont("Helvetica", 10)
    for description, quantity, price in ITEMS:
        y -= 22
        pdf.drawString(60, y, description)
        pdf.drawRightString(365, y, str(quantity))
        pdf.drawRightString(460, y, price)
        pdf.drawRightString(545, y, f"{quantity * float(price):.2f}")
    pdf.setFont("Helvetica", 8)
    pdf.drawString(60, 60, "Page 1 of 2")
    pdf.showPage()
    net = sum(quantity * float(price) for _, quantity, price in ITEMS)
    tax = round(net * 0.19, 2)
    pdf.setFont("Helvetica", 10)
    for number, (label, money) in enumerate(
        (("Subtotal", net), ("VAT 19%", tax), ("Grand total", net + tax))
    ):
        pdf.drawString(380, 760 - 18 * number, label)
        pdf.drawRightString(545, 760 - 18 * number, f"EUR {money:,.2f}")
    pdf.drawString(60, 660, "Payment terms: 14 days net, by bank transfer.")
    pdf.drawString(60, 645, "IBAN: DE89 3704 0044 0532 0130 00")
    pdf.drawString(60, 630, "BIC: COBADEFFXXX")
    pdf.drawString(60, 615, "VAT ID: DE123456788")
    pdf.drawString(
        60, 585, "Thank you for building with us. The shelves carry a warranty of five years."
    )
    pdf.setFont("Helvetica", 8)
    pdf.drawString(60, 60, "Page 2 of 2")
    pdf.save()


def write_contract(path: Path) -> None:
    """A service agreement with a table of fees."""
    document = docx.Document()
    document.add_heading("Service Agreement", level=0)
    document.add_paragraph(
        "This Service Agreement is entered into as of 2 March 2026 between Nordlicht Studio Ltd., "
        "8 Quay Lane, Bristol, and Fernhill Analytics LLP, 21 Mill Road, Leeds."
    )
    for heading, text in (
        ("1. Services", "Fernhill Analytics LLP shall prepare a monthly report on visitor numbers and present it to the board."),  # noqa: E501 long patterns, and thresholds named by their line
        ("2. Term", "This Agreement has an initial term of 24 months and is renewed year by year unless it is terminated."),  # noqa: E501 long patterns, and thresholds named by their line
        ("3. Termination", "Either party may terminate this Agreement with 90 days written notice."),  # noqa: E501 long patterns, and thresholds named by their line
        ("4. Fees", "The fees are payable within 30 days of each invoice."),
    ):  # fmt: skip
        document.add_heading(heading, level=1)
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Service", "Interval", "Fee"), strict=True):
        cell.text = text
    for values in (("Visitor report", "monthly", "GBP 1,250.00"), ("Workshop", "yearly", "GBP 3,400.00")):  # fmt: skip  # noqa: E501 long patterns, and thresholds named by their line
        for cell, text in zip(table.add_row().cells, values, strict=True):
            cell.text = text
    document.add_heading("5. Law", level=1)
    document.add_paragraph("This Agreement is governed by the laws of England and Wales.")
    document.add_paragraph("Signature: ______________________")
    buffer = io.BytesIO()
    document.save(buffer)
    _without_times(buffer, path)


def _without_times(buffer: io.BytesIO, path: Path) -> None:
    """The archive with a fixed time for every entry, so that it is reproducible."""
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w") as fixed:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            fixed.writestr(part, made.read(name), zipfile.ZIP_DEFLATED)


def receipt(path: Path) -> None:
    """A photo of a till receipt on a table, slightly rotated, in the light of a window."""
    chance = random.Random(7)  # noqa: S311 - noise, not secrets
    paper_image = Image.new("RGB", (560, 820), (250, 249, 244))
    pen = ImageDraw.Draw(paper_image)
    plain, large = ImageFont.load_default(26), ImageFont.load_default(34)
    for y, text, font in (
        (40, "CAFE MORGENROT LTD", large),
        (90, "27 Harbour Street", plain),
        (122, "Bristol BS1 5TX", plain),
        (154, "Tel: 0117 496 0123", plain),
    ):
        pen.text((280 - pen.textlength(text, font) / 2, y), text, (38, 36, 40), font)
    pen.text((50, 220), "Receipt no. 50812", (38, 36, 40), plain)
    pen.text((50, 254), "Date: 21/04/2026", (38, 36, 40), plain)
    pen.text((350, 254), "Time: 09:42", (38, 36, 40), plain)
    y = 320
    for name, price in RECEIPT:
        pen.text((50, y), name, (38, 36, 40), plain)
        pen.text((500 - pen.textlength(price, plain), y), price, (38, 36, 40), plain)
        y += 40
    total = f"GBP {sum(float(price) for _, price in RECEIPT):.2f}"
    for label, value in (("TOTAL", total), ("VISA CARD", total), ("VAT incl. 20%", "2.17")):
        y += 44
        pen.text((50, y), label, (38, 36, 40), plain)
        pen.text((500 - pen.textlength(value, plain), y), value, (38, 36, 40), plain)
    pen.text((110, y + 80), "Thank you, see you soon!", (38, 36, 40), plain)
    table = Image.new("RGB", (900, 1200), (112, 84, 60))
    askew = paper_image.transform(
        (720, 1000), Image.Transform.QUAD, (-40, -30, 12, 870, 600, 850, 590, -60),
        Image.Resampling.BICUBIC, fillcolor=(112, 84, 60),
    )  # fmt: skip
    table.paste(askew, (90, 100))
    light = Image.linear_gradient("L").resize(table.size).point(lambda v: 175 + v * 80 // 255)
    lit = Image.composite(table, Image.new("RGB", table.size, (20, 18, 16)), light)
    grain = Image.frombytes("L", table.size, chance.randbytes(table.width * table.height))
    lit = Image.blend(lit, Image.merge("RGB", (grain, grain, grain)), 0.06)
    lit.filter(ImageFilter.GaussianBlur(0.7)).save(path, "JPEG", quality=82)


def main() -> None:
    """Write the three files into `SAMPLES`."""
    SAMPLES.mkdir(exist_ok=True)
    invoice(SAMPLES / "invoice.pdf")
    write_contract(SAMPLES / "contract.docx")
    receipt(SAMPLES / "receipt.jpg")


if __name__ == "__main__":
    main()

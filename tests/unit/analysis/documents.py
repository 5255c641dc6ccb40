"""Documents for tests, and what is read from them."""

import io
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import reportlab
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

import analysis
from analysis.extract.catalogue import ANYWHERE, names_of

FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
UNICODE_FONT = Path(analysis.__path__[0]) / "report" / "fonts" / "DejaVuSans.ttf"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CODE = 140
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_pdf(*pages, size=(595, 842), code="", password=None):
    """Each page a list of `(x, y from the top, text)`, or of texts one below the other.

    Each page has a QR code of the text `code`, drawn by shapes.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, encrypt=password)
    for lines in pages:
        if code:
            drawing = Drawing(_CODE, _CODE)
            drawing.add(QrCodeWidget(code, barWidth=_CODE, barHeight=_CODE, barLevel="M"))
            renderPDF.draw(drawing, canvas, size[0] - 2 * _CODE, size[1] / 3)
        for number, line in enumerate(lines):
            x, y, text = line if isinstance(line, tuple) else (72, 82 + 20 * number, line)
            canvas.drawString(x, size[1] - y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_attachments(document, attachments):
    """The PDF with attachments, given by name."""
    with pdfium.PdfDocument(document) as pdf_document:
        for name, content in attachments.items():
            pdf_document.new_attachment(name).set_data(content)
        buffer = io.BytesIO()
        pdf_document.save(buffer)
    return buffer.getvalue()


def a_set_pdf(*parts):
    r"""A page as a word processor sets it: text flows, `\n` breaks a line, lists are tables.

    `# ` begins a heading; `> ` a paragraph at the right; an empty text leaves a gap.
    """
    pdfmetrics.registerFont(TTFont("Set", FONT))
    text = ParagraphStyle("text", fontName="Set", fontSize=10, leading=14, spaceAfter=6)
    styles = {
        "# ": ParagraphStyle("heading", parent=text, fontSize=14, leading=18, spaceBefore=8),
        "> ": ParagraphStyle("right", parent=text, alignment=2),
    }
    flow = []
    for part in parts:
        if isinstance(part, list):
            flow.append(Table(part, hAlign="LEFT", style=[("FONT", (0, 0), (-1, -1), "Set", 9)]))
        elif not part:
            flow.append(Spacer(1, 20))
        else:
            style = styles.get(part[:2], text)
            content = part[2:] if part[:2] in styles else part
            flow.append(Paragraph(content.replace("\n", "<br/>"), style))
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1).build(flow)
    return buffer.getvalue()


def a_picture(lines, *, lean=0.0, noise=0.0, turned=0, font=FONT):
    """A photographed receipt with rows of `(text, value at the right)`: tilted, noisy, turned."""
    picture = Image.new("RGB", (760, 120 + 44 * len(lines)), "#f7f5f0")
    pen = ImageDraw.Draw(picture)
    letters = ImageFont.truetype(font, 26)
    for number, (text, value) in enumerate(lines):
        y = 60 + 44 * number
        middle = (760 - pen.textlength(text, font=letters)) / 2
        pen.text((60 if value else middle, y), text, fill="#1b1b1b", font=letters)
        if value:
            x = 700 - pen.textlength(value, font=letters)
            pen.text((x, y), value, fill="#1b1b1b", font=letters)
    picture = picture.rotate(
        lean, expand=True, fillcolor="#8d8a84", resample=Image.Resampling.BICUBIC
    )
    if noise:
        grain = Image.effect_noise(picture.size, noise).convert("RGB")
        picture = Image.blend(picture, grain, 0.12).filter(ImageFilter.GaussianBlur(0.6))
    if turned:
        picture = picture.rotate(-turned, expand=True)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def a_docx(body, *, parts=(), main="word/document.xml", namespace=_W, relations=()):
    """A package around the XML of a body. `parts` are `(kind, name, xml)` related to the main."""
    related = "".join(
        f'<Relationship Id="p{number}" Type="{_OFFICE}/{kind}" Target="/{name}"/>'
        for number, (kind, name, _) in enumerate(parts)
    ) + "".join(relations)
    folder, _, file = main.rpartition("/")
    root = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    contents = {
        "[Content_Types].xml": "application/vnd.openxmlformats-officedocument.wordprocessingml",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>',
        f"{folder}/_rels/{file}.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'
        ),
        main: (
            f'<w:document xmlns:w="{namespace}" xmlns:r="{_OFFICE}">'
            f"<w:body>{body}</w:body></w:document>"
        ),
        **{name: f'<w:x xmlns:w="{namespace}">{xml}</w:x>' for _, name, xml in parts},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def p(text, properties=""):
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def facts_of(result):
    """The facts of a result, each of a name that the catalogue lists for its kind of document."""
    listed = {*names_of(result.kind), *ANYWHERE}
    assert {fact.name for fact in result.facts} - listed == set()
    return result.facts


def best_values(result):
    """The normalised value of the most certain fact of each name."""
    values: dict[str, object] = {}
    for fact in facts_of(result):
        values.setdefault(fact.name, fact.normalised)
    return values


def values_of(result, name):
    """The normalised value of each fact of a name."""
    return [fact.normalised for fact in facts_of(result) if fact.name == name]


def a_scan(lines, *, hidden=(), over="", fields=(), covered=1.0, lean=0.0):
    """An A4 scan of `(x, y from the top, text)`, with text over or invisibly beneath the picture.

    `fields` are form fields `(x, y from the top, name, value)`; the picture covers a part of the
    page's height and leans by so many degrees.
    """
    picture = Image.new("RGB", (1240, round(1754 * covered)), "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, 24)
    for x, y, text in lines:
        pen.text((x * 1240 / 595, y * 1240 / 595), text, fill="#181818", font=font)
    if lean:
        picture = picture.rotate(lean, fillcolor="white", resample=Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    height = A4[1]
    if lines:
        canvas.drawInlineImage(picture, 0, height * (1 - covered), A4[0], height * covered)
    for x, y, text in hidden:
        layer = canvas.beginText(x, height - y - 11)
        layer.setTextRenderMode(3)
        layer.textOut(text)
        canvas.drawText(layer)
    if over:
        canvas.drawString(200, 20, over)
    for x, y, name, value in fields:
        canvas.drawString(x, height - y, name)
        canvas.acroForm.textfield(
            name=name, value=value, x=x, y=height - y - 30, width=300, height=20
        )
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()

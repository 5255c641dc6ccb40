"""The whole PDF: the order, its documents, and the footer of each page."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from analysis.report import text_shaping
from analysis.report.page_numbers import NumberStyle, Total
from analysis.report.pdf.document import document_part
from analysis.report.pdf.layout import HEIGHT, MARGIN, PALE, WIDTH
from analysis.report.pdf.order import order_part
from analysis.report.phrases import PHRASES, Language

MAX_IMAGES = 2000
"""The images of pages in a report: 150 to 250 MB. The facts of further pages have none."""


def as_pdf(
    order: Mapping[str, Any],
    documents: Sequence[Mapping[str, Any]],
    consolidated: Mapping[str, Any],
    page_image: Callable[[str, int], bytes | None],
    language: Language,
) -> bytes:
    """The PDF; its fixed text is in `language`."""
    text_shaping.register()
    phrases = PHRASES[language]
    buffer = io.BytesIO()
    title = text_shaping.plain(order.get("title") or phrases.order)
    template = BaseDocTemplate(
        buffer, pagesize=A4, title=title, author="Docket", invariant=1, lang=language,
    )  # fmt: skip
    frame = Frame(
        MARGIN, MARGIN, WIDTH, HEIGHT,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip

    def foot(canvas: Any, _: Any) -> None:
        canvas.setFont(text_shaping.FONT, 7)
        canvas.setFillColor(PALE)
        shown = text_shaping.cut(title, text_shaping.FONT, 7, WIDTH - 40 * mm)
        canvas.drawString(MARGIN, 9 * mm, shown)
        total.draw_on(canvas, A4[0] - MARGIN, 9 * mm)

    total = Total(NumberStyle(text_shaping.FONT, 7, PALE), phrases.page_of)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=foot))
    left = iter(range(MAX_IMAGES))

    def limited_image(document_id: str, page: int) -> bytes | None:
        return None if next(left, None) is None else page_image(document_id, page)

    story = [*order_part(order, title, documents, consolidated, phrases)]
    for number, document in enumerate(documents):
        if document.get("unreadable"):
            continue  # the order's part has them in one table
        story += document_part(number, document, limited_image, phrases)
    template.build([*story, total])
    return buffer.getvalue()

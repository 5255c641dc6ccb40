"""The fields of a fillable form (AcroForm): texts, check boxes and radio buttons."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from analysis.formats.pdf.text_layer import placer
from analysis.model import FormField
from analysis.model.form_field import FieldType

_TYPES: dict[int, FieldType] = {
    raw.FPDF_FORMFIELD_TEXTFIELD: "text",
    raw.FPDF_FORMFIELD_COMBOBOX: "text",
    raw.FPDF_FORMFIELD_LISTBOX: "text",
    raw.FPDF_FORMFIELD_CHECKBOX: "checkbox",
    raw.FPDF_FORMFIELD_RADIOBUTTON: "radio",
}
_ANNOTATIONS = 1_000
"""Annotations of a page that are looked at."""
_LONGEST = 500
"""Most characters of a name or a value."""


def of_page(document: pdfium.PdfDocument, number: int) -> tuple[FormField, ...]:
    """The fields of a page, as it is displayed. It must not have been flattened."""
    if document.formenv is None:
        return ()
    page = document[number]
    try:
        return tuple(_fields(page, document.formenv.raw))
    finally:
        page.close()


def _fields(page: Any, form: Any) -> Iterator[FormField]:
    place = placer(page, page.get_rotation())
    for index in range(min(_ANNOTATIONS, raw.FPDFPage_GetAnnotCount(page.raw))):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            of_type = _TYPES.get(raw.FPDFAnnot_GetFormFieldType(form, annotation))
            edges = raw.FS_RECTF()
            if of_type is None or not raw.FPDFAnnot_GetRect(annotation, edges):
                continue
            is_text = of_type == "text"
            yield FormField(
                type=of_type,
                name=_text(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation),
                value=_text(raw.FPDFAnnot_GetFormFieldValue, form, annotation) if is_text else "",
                ticked=not is_text and bool(raw.FPDFAnnot_IsChecked(form, annotation)),
                box=place(edges.left, edges.bottom, edges.right, edges.top),
            )
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _text(get: Any, form: Any, annotation: Any) -> str:
    """A text that PDFium writes as UTF-16 into a buffer of ours."""
    size = get(form, annotation, None, 0)
    if size <= 2:  # noqa: PLR2004 - the two bytes that end it
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(form, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace").strip()[:_LONGEST]

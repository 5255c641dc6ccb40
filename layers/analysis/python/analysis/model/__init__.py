"""The data model: pages with their text, facts with their evidence, and the result.

All classes are frozen and convert to JSON and back without loss.
"""

from analysis.model.box import WHOLE_PAGE, Box
from analysis.model.content import Content
from analysis.model.fact import Fact, LineItem, Normalised, Table, Transaction
from analysis.model.form_field import FormField
from analysis.model.grid import Cell, Grid
from analysis.model.outline import Outline
from analysis.model.page import Barcode, Line, Page, Source
from analysis.model.preview import Preview
from analysis.model.result import Kind, Result
from analysis.model.segment import Segment, documents_of

__all__ = [
    "WHOLE_PAGE",
    "Barcode",
    "Box",
    "Cell",
    "Content",
    "Fact",
    "FormField",
    "Grid",
    "Kind",
    "Line",
    "LineItem",
    "Normalised",
    "Outline",
    "Page",
    "Preview",
    "Result",
    "Segment",
    "Source",
    "Table",
    "Transaction",
    "documents_of",
]

"""Workbooks made for tests."""

import io
import zipfile

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cells(*row):
    """A row of cells: texts, or `(number, style)`."""
    written = "".join(
        f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
        if isinstance(cell, str)
        else f'<c s="{cell[1]}"><v>{cell[0]}</v></c>'
        for cell in row
    )
    return f"<row>{written}</row>"


def a_workbook(*sheets, hidden=(), merged=()):
    """Each sheet the XML of its rows. Styles: 0 general, 1 a date, 2 euros, 3 per cent."""
    merges = "".join(f'<mergeCell ref="{cells_of}"/>' for cells_of in merged)
    names = range(1, len(sheets) + 1)
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{RELATED}/worksheet" Target="sheet{n}.xml"/>' for n in names
    )
    listed = "".join(
        f'<sheet name="S{n}" {"state=" + chr(34) + "hidden" + chr(34) if n in hidden else ""} '
        f'r:id="r{n}"/>'
        for n in names
    )
    contents = {
        "[Content_Types].xml": f"<Types>{TYPE}.main+xml</Types>",
        "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{RELATED}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}"
        f'<Relationship Id="s" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATED}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}"><numFmts><numFmt numFmtId="170" '
        'formatCode="#,##0.00\\ [$€-407]"/></numFmts><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="9"/></cellXfs></styleSheet>',
        **{
            f"xl/sheet{n}.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{sheets[n - 1]}</sheetData>'
            f"<mergeCells>{merges}</mergeCells></worksheet>"
            for n in names
        },
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()

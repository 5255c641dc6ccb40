"""Read files with another tool. The benchmark runs this in a separate environment.

`python tools.py TOOL` takes file names on standard input, and prints one line of JSON each: `text`,
`tables` (rows of cells), `fields` or `error`, as the tool can, and the seconds. The first file is
also read once before, so that no tool's time includes its models.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

type Tool = Callable[[str], dict[str, Any]]
"""A function from a file name to what the tool finds."""


def kreuzberg() -> Tool:
    """Text and tables, with its own choice of OCR."""
    from kreuzberg import (  # type: ignore[import-not-found]  # noqa: PLC0415 - in its own environment
        ExtractionConfig,
        extract_file_sync,
    )

    config = ExtractionConfig(use_cache=False)

    def read(name: str) -> dict[str, Any]:
        result = extract_file_sync(name, config=config)
        return {"text": result.content, "tables": [table.cells for table in result.tables]}

    return read


def markitdown() -> Tool:
    """Markdown, whose tables are parsed by the benchmark."""
    from markitdown import (  # type: ignore[import-not-found]  # noqa: PLC0415 - in its own environment
        MarkItDown,
    )

    convert = MarkItDown(enable_plugins=False).convert

    def read(name: str) -> dict[str, Any]:
        return {"text": convert(name).text_content}

    return read


def pdfplumber(columns: str = "lines") -> Tool:
    """The text and the tables of each page of a PDF, by default those that drawn lines divide."""
    import pdfplumber as plumber  # type: ignore[import-not-found]  # noqa: PLC0415 - in its own environment

    settings = {"vertical_strategy": columns, "horizontal_strategy": columns}

    def read(name: str) -> dict[str, Any]:
        with plumber.open(name) as document:
            texts = [page.extract_text() for page in document.pages]
            tables = [table for page in document.pages for table in page.extract_tables(settings)]
        return {"text": "\n".join(texts), "tables": tables}

    return read


def invoice2data() -> Tool:
    """The fields that the shipped templates find; none if none of them is of the issuer."""
    from invoice2data import (  # type: ignore[import-not-found]  # noqa: PLC0415 - in its own environment
        extract_data,
    )
    from invoice2data.extract.loader import (  # type: ignore[import-not-found]  # noqa: PLC0415 - the same
        read_templates,
    )

    templates = read_templates()

    def read(name: str) -> dict[str, Any]:
        return {"fields": extract_data(name, templates=templates), "templates": len(templates)}

    return read


def rapidocr() -> Tool:
    """The lines of an image, with the models of its wheel."""
    from rapidocr import (  # type: ignore[import-not-found]  # noqa: PLC0415 - in its own environment
        RapidOCR,
    )

    recognise = RapidOCR()

    def read(name: str) -> dict[str, Any]:
        return {"text": "\n".join(recognise(name).txts or ())}

    return read


TOOLS: Mapping[str, Callable[[], Tool]] = {
    "kreuzberg": kreuzberg,
    "markitdown": markitdown,
    "pdfplumber": pdfplumber,
    "pdfplumber_text": partial(pdfplumber, "text"),
    "invoice2data": invoice2data,
    "rapidocr": rapidocr,
}
"""By name. `pdfplumber_text` divides tables by the alignment of their text."""


def main() -> None:
    """Read the files named on standard input; the name of an error is a result too."""
    logging.disable(logging.WARNING)
    read = TOOLS[sys.argv[1]]()
    names = sys.stdin.read().splitlines()
    with suppress(Exception):
        read(names[0])
    for name in names:
        started = time.perf_counter()
        result: dict[str, Any] = {}
        try:
            result = read(name)
        except Exception as failed:  # noqa: BLE001 - a failure is a result here
            result["error"] = type(failed).__name__
        result |= {"file": name, "seconds": time.perf_counter() - started}
        print(json.dumps(result, default=str), flush=True)


if __name__ == "__main__":
    main()

"""Write what the site shows of a sample document: the facts that the reader finds, and its pages.

    make site-sample

The files are a part of the site's sources; a test holds them equal to what the reader finds.
"""

import json
from pathlib import Path
from typing import Any

from analysis import Limits, previews, read

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "layers/core/python/docket/samples/invoice.pdf"
PDF = "application/pdf"
FOLDER = ROOT / "frontend/src/front"
FACTS = FOLDER / "sample.generated.json"
LIMITS = Limits(seconds=3600.0, page_seconds=3600.0)
"""A busy machine must not change the sample."""

CONFIDENCE_DIGITS = 2
"""Decimals of a confidence that the site shows."""


def sample_files() -> dict[Path, bytes]:
    """The files, each with its content. Every fact of the reader that has a place is in them."""
    data = DOCUMENT.read_bytes()
    result = read(data, DOCUMENT.name, PDF, limits=LIMITS)
    pages = list(previews(data, DOCUMENT.name, PDF, range(result.page_count), limits=LIMITS))
    facts: list[dict[str, Any]] = [
        {
            "name": fact.name,
            "value": fact.value,
            "page": fact.page + 1,
            "box": fact.box.to_list(),
            "confidence": round(fact.confidence, CONFIDENCE_DIGITS),
        }
        for fact in result.facts
        if fact.page is not None and fact.box is not None and fact.source != "computed"
    ]
    sample = {
        "kind": result.kind,
        "pages": [{"width": page.width, "height": page.height} for page in pages],
        "line_items": len(result.line_items),
        "facts": facts,
    }
    return {
        FACTS: (json.dumps(sample, indent=2, ensure_ascii=False) + "\n").encode(),
        **{FOLDER / f"sample-page-{page.page + 1}.webp": page.readable for page in pages},
    }


def main() -> None:
    """Write the files."""
    for path, content in sample_files().items():
        path.write_bytes(content)


if __name__ == "__main__":
    main()

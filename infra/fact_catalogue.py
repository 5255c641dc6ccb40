"""Write the site's part of the catalogue of facts: labels, what it lists first, inputs, thresholds.

    python -m infra.fact_catalogue           write it
    python -m infra.fact_catalogue --check   exit with 1 if a file is stale

`make openapi` runs it. The catalogue is `analysis/extract/catalogue`.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis.extract.catalogue import BY_NAME, CATALOGUE
from docket.workflows.documents.facts.reviewed_facts import LIKELY, SURE
from infra.layers.build import ROOT

LANGUAGES = ("en", "de")
LOCALES = ROOT / "frontend/src/locales"
LISTS = ROOT / "frontend/src/features/analyses/factLists.generated.json"


def texts() -> Iterator[tuple[Path, str]]:
    """Each file that is generated, or has a generated part, with the content it should have."""
    for language in LANGUAGES:
        path = LOCALES / language / "analysis.json"
        messages = json.loads(path.read_text())
        messages["facts"] = {spec.name: spec.labels[language] for spec in CATALOGUE}
        yield path, _json(messages)
    yield (
        LISTS,
        _json(
            {
                "generic": [spec.name for spec in CATALOGUE if not spec.shown],
                "repeatable": [spec.name for spec in CATALOGUE if spec.repeats and spec.shown],
                "datedKinds": list(BY_NAME["date"].kinds),
                "dates": [spec.name for spec in CATALOGUE if spec.type == "date"],
                "times": [spec.name for spec in CATALOGUE if spec.type == "time"],
                "amounts": [spec.name for spec in CATALOGUE if spec.type == "money"],
                "sure": SURE,
                "likely": LIKELY,
            }
        ),
    )


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """The exit status: 1 if a file is stale, and is only checked."""
    stale = [(path, text) for path, text in texts() if _content(path) != text]
    if "--check" in sys.argv[1:]:
        for path, _ in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale: run `make openapi`\n")
        return 1 if stale else 0
    for path, text in stale:
        path.write_text(text)
    return 0


def _content(path: Path) -> str:
    return path.read_text() if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())

"""Write `docs/export.schema.json`, which describes the JSON files in the archives of an export."""

import json
import sys
from pathlib import Path

from pydantic.json_schema import models_json_schema

from docket.schemas.exports import FILES

FILE = Path(__file__).parents[1] / "docs/export.schema.json"


def text() -> str:
    """The schema: each file in an archive is one of three."""
    references, schema = models_json_schema(
        [(model, "serialization") for model in FILES], ref_template="#/$defs/{model}"
    )
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The JSON files in an export of a Docket account",
        "anyOf": [references[model, "serialization"] for model in FILES],
        **schema,
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    if "--check" in sys.argv[1:]:
        return 0 if FILE.is_file() and FILE.read_text() == text() else 1
    FILE.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())

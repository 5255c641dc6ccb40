"""Write `docs/export.schema.json`, which describes the JSON files in an export, or check it.

python -m infra.export_schema           write it
python -m infra.export_schema --check   exit with 1 if the stored file is stale
"""

import json
import sys

from pydantic.json_schema import models_json_schema

from docket.schemas.accounts.export_files import FILES
from infra.layers.build import ROOT

FILE = ROOT / "docs/export.schema.json"


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
        if FILE.is_file() and FILE.read_text() == text():
            return 0
        sys.stderr.write(f"{FILE.relative_to(ROOT)} is stale: run `make openapi`\n")
        return 1
    FILE.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Write the JSON schemas of the files that customers download, or check them.

`docs/export.schema.json` describes the JSON files in an export of an account, and
`docs/report.schema.json` the report of an order.

python -m infra.export_schema           write them
python -m infra.export_schema --check   exit with 1 if a stored file is stale
"""

import json
import sys
from typing import NamedTuple

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from docket.schemas.accounts.export_files import FILES
from docket.schemas.report_file import ReportFile
from infra.layers.build import ROOT


class Schema(NamedTuple):
    """A published schema: a file has the form of one of the models."""

    file: str
    title: str
    models: tuple[type[BaseModel], ...]

    @property
    def stored(self) -> str:
        """The text of the stored file; empty if there is none."""
        path = ROOT / self.file
        return path.read_text() if path.is_file() else ""

    def text(self) -> str:
        """The schema as JSON. A file matches one of the models."""
        references, schema = models_json_schema(
            [(model, "serialization") for model in self.models], ref_template="#/$defs/{model}"
        )
        described = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.title,
            "anyOf": [references[model, "serialization"] for model in self.models],
            **schema,
        }
        return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


EXPORT = Schema("docs/export.schema.json", "The JSON files in an export of a Docket account", FILES)
REPORT = Schema("docs/report.schema.json", "The report of a Docket order as JSON", (ReportFile,))
SCHEMAS = (EXPORT, REPORT)


def main() -> int:
    """The exit status: 1 if a stored file is stale, and is only checked."""
    if "--check" in sys.argv[1:]:
        stale = [schema.file for schema in SCHEMAS if schema.stored != schema.text()]
        for file in stale:
            sys.stderr.write(f"{file} is stale: run `make openapi`\n")
        return int(bool(stale))
    for schema in SCHEMAS:
        (ROOT / schema.file).write_text(schema.text())
    return 0


if __name__ == "__main__":
    sys.exit(main())

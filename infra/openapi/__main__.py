"""Write the API's description, or check it.

python -m infra.openapi           write it
python -m infra.openapi --check   exit with 1 if the stored file is stale
"""

import json
import sys

from docket.schemas.description import FILE
from infra.layers.build import ROOT
from infra.openapi.document import description


def text() -> str:
    """The description as JSON, as the file has it."""
    return json.dumps(description(), indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """The exit status: 1 if the stored file is stale, and is only checked."""
    if "--check" in sys.argv[1:]:
        if FILE.is_file() and FILE.read_text() == text():
            return 0
        sys.stderr.write(f"{FILE.relative_to(ROOT)} is stale: run `make openapi`\n")
        return 1
    FILE.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m analysis FILE…` prints the facts of each file as one line of JSON.

Pages count from 1.
"""

import json
import mimetypes
import sys
from pathlib import Path
from typing import Any

from analysis import Unreadable, read
from analysis.errors import Reason
from analysis.model.page_numbers import published


def describe(path: Path) -> dict[str, Any]:
    """The file's result, or the reason why there is none."""
    declared = mimetypes.guess_type(path.name)[0] or ""
    try:
        reading = read(path.read_bytes(), path.name, declared)
    except (Unreadable, OSError) as failed:
        reason = failed.reason if isinstance(failed, Unreadable) else Reason("file_not_found")
        return {"file": str(path), "kind": None, "facts": [], "unreadable": reason.to_dict()}
    published_facts = published(reading.facts_dict())
    return {
        "file": str(path),
        "kind": published_facts.pop("kind"),
        "facts": published_facts.pop("facts"),
        **published_facts,
    }


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("usage: python -m analysis FILE…")
    for name in sys.argv[1:]:
        print(json.dumps(describe(Path(name)), ensure_ascii=False), flush=True)

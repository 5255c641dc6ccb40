"""Write the generated parts of the documentation, or check that they are fresh.

    python -m infra.readme [--check]

    README.md            the table of endpoints, from `infra/endpoints/`, and the drawing of the
                         table, from `docket/table/keys.py`
    docs/data-model.md   that drawing, and the access patterns
    docs/security.md     what each function may do, from `infra/endpoints/`

A generated part is between `<!-- NAME: generated -->` and `<!-- NAME: end -->`.
"""

import re
import sys
from pathlib import Path

from infra.endpoints import ENDPOINTS
from infra.function_access import access_table, capability_table

ROOT = Path(__file__).parents[1]
KEYS = ROOT / "layers/core/python/docket/table/keys.py"
NEXT = "\n\n"
"""The separator of the drawings in the docstring of `keys.py`."""


def endpoint_table() -> str:
    """A Markdown row for each endpoint: its method, path, handler and callers."""
    rows = [
        f"| {endpoint.method} | `{endpoint.path}` | `functions/{endpoint.name}.py` "
        f"| {'anyone' if endpoint.public else 'customers'} |"
        for endpoint in ENDPOINTS
    ]
    return "\n".join(["| | path | function | callers |", "|---|---|---|---|", *rows])


def drawings() -> tuple[str, str]:
    """The two drawings at the top of `keys.py`: the entities, and the access patterns."""
    docstring = KEYS.read_text().split('"""')[1]
    entities, _, patterns = docstring[docstring.index("entity ") :].partition(NEXT)
    return f"```\n{entities}\n```", f"```\n{patterns.partition(NEXT)[0]}\n```"


def generated() -> dict[Path, dict[str, str]]:
    """The generated parts of each page, by name."""
    entities, patterns = drawings()
    return {
        ROOT / "README.md": {"endpoints": endpoint_table(), "entities": entities},
        ROOT / "docs/data-model.md": {"entities": entities, "access patterns": patterns},
        ROOT / "docs/security.md": {
            "capabilities": capability_table(),
            "permissions": access_table(),
        },
    }


def with_part(page: str, name: str, content: str) -> str:
    """The page with that part replaced. Raises `ValueError` unless the page has it exactly once."""
    begin, end = f"<!-- {name}: generated -->", f"<!-- {name}: end -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    page, count = pattern.subn(lambda _: f"{begin}\n{content}\n{end}", page)
    if count != 1:
        raise ValueError(f"the page has {count} parts named {name}")
    return page


def stale() -> dict[Path, str]:
    """The stale pages, and what they should contain."""
    pages = {}
    for path, parts in generated().items():
        page = path.read_text()
        for name, content in parts.items():
            page = with_part(page, name, content)
        if page != path.read_text():
            pages[path] = page
    return pages


def main(arguments: list[str]) -> int:
    """The exit status: 1 if a page is stale, and is only checked."""
    pages = stale()
    if "--check" in arguments:
        for path in pages:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale: run `make docs`\n")
        return 1 if pages else 0
    for path, page in pages.items():
        path.write_text(page)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

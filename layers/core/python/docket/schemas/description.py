"""The API's description: an OpenAPI document, generated from the handlers by `make openapi`.

The page for it, Swagger UI, contains all its scripts and styles, and has a policy that allows only
them.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("openapi.json")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """An HTML page, and the content security policy that it needs."""

    html: str
    policy: str


@cache
def text() -> str:
    """The OpenAPI document as JSON, as `make openapi` has written it."""
    return FILE.read_text()


@cache
def page() -> Page:
    """Swagger UI, with its script and style inline."""
    import aws_lambda_powertools.event_handler.openapi.swagger_ui as swagger  # noqa: PLC0415 - this page alone needs it

    folder = Path(swagger.__file__).parent
    html = swagger.generate_swagger_html(
        text(),
        (folder / "swagger-ui-bundle.min.js").read_text(),
        (folder / "swagger-ui.min.css").read_text(),
        "",
        None,
    )
    # The function has no parameter for either.
    html = html.replace("<html>", '<html lang="en">', 1)
    html = html.replace("<title>Swagger UI</title>", "<title>Docket API</title>", 1)
    scripts = " ".join(_source(script) for script in _SCRIPT.findall(html))
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return Page(html, policy)


def _source(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"

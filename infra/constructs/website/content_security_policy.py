"""The content security policy of the site: Stripe's recommendation and the documents bucket."""

import json

from infra.layers.build import ROOT

DIRECTIVES = ROOT / "infra/content_security_policy.json"
"""The server of the browser tests reads the same file."""


def content_security_policy(documents_origin: str, stripe_double: str | None) -> str:
    """The header's value. `stripe_double` is the URL of the Stripe double in a local stage."""
    placeholders = {"{documents}": documents_origin, "{stripe_double}": stripe_double}
    directives: dict[str, list[str]] = json.loads(DIRECTIVES.read_text())
    return "; ".join(
        " ".join([name, *filter(None, (placeholders.get(source, source) for source in sources))])
        for name, sources in directives.items()
    )

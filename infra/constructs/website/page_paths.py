"""The paths of the site's pages, as the site itself spells them."""

import json
import re

from infra.layers.build import ROOT

APP_ROUTES = ROOT / "frontend/src/lib/routes.json"
"""The patterns of the app's pages by their names; `home` is the first of the pages without it."""

FRONT_PATHS = ROOT / "frontend/src/front/paths.json"
"""The names of the pages without the app, and the prefixes of the languages."""

HOME = "home"
PARAMETER = re.compile(r":\w+")


def with_paths(code: str) -> str:
    """The function's code with the paths in place of `APP_PATHS` and `FRONT_FILES`."""
    return code.replace("APP_PATHS", json.dumps(app_pattern())).replace(
        "FRONT_FILES", json.dumps(front_files())
    )


def app_pattern() -> str:
    """A regular expression of JavaScript for the paths of the app's pages."""
    routes: dict[str, str] = json.loads(APP_ROUTES.read_text())
    patterns = [PARAMETER.sub("[^/]+", path) for name, path in routes.items() if name != HOME]
    return f"^({'|'.join(patterns)})/?$"


def front_files() -> dict[str, str]:
    """The files of the pages without the app by their paths."""
    spelled = json.loads(FRONT_PATHS.read_text())
    return {
        f"/{prefix}{name}".rstrip("/") or "/": f"/{prefix}{name or 'index'}.html"
        for prefix in spelled["prefixes"].values()
        for name in spelled["pages"].values()
    }

import base64
import hashlib
import json
import re

from docket.schemas import description
from infra.endpoints import ENDPOINTS


def test_the_description_has_exactly_the_routes():
    openapi = json.loads(description.text())

    routes = {
        (method.upper(), path) for path, methods in openapi["paths"].items() for method in methods
    }
    assert openapi["openapi"].startswith("3.1")
    assert routes == {(row.method, row.path) for row in ENDPOINTS}


def test_the_page_loads_nothing_from_other_origins():
    page = description.page()

    for script in re.findall(r"<script>(.*?)</script>", page.html, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page.policy
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=.https?:", page.html)
    assert "default-src 'none'" in page.policy
    assert "script-src 'sha256-" in page.policy

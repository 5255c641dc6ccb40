import pytest

from docket.api import routes
from infra.endpoints import ENDPOINTS


def test_the_routes_are_those_of_the_endpoint_table():
    methods: dict[str, list[str]] = {}
    for row in ENDPOINTS:
        methods.setdefault(row.path, []).append(row.method)

    assert {path: list(allowed) for path, allowed in routes.METHODS.items()} == methods


@pytest.mark.parametrize("row", ENDPOINTS, ids=lambda row: row.name)
def test_a_path_with_ids_has_its_methods(row):
    path = row.path.format(
        order_id="O",
        document_id="D",
        fact_id="F",
        page=1,
        session_id="S",
        key_id="K",
        passkey_id="P",
        number=1,
    )

    assert row.method in routes.methods_of(path)


@pytest.mark.parametrize(
    "path", ["", "/", "/api/v1/orders/", "/API/v1/orders", "/api/v1/orders/a/b", "/api/v1/orders\n"]
)
def test_an_unknown_path_has_no_methods(path):
    assert routes.methods_of(path) == ()

"""The export of an account has everything that is stored of it."""

from pathlib import Path

from docket.schemas.accounts.account_exports import AccountExport
from docket.schemas.accounts.export_files import DocumentExport, OrderExport
from docket.schemas.base import ResponseModel
from docket.table import keys
from infra import export_schema

DATA_MODEL = Path(__file__).parents[5] / "docs/data-model.md"
FILES: dict[str, type[ResponseModel]] = {
    "account.json": AccountExport,
    "order.json": OrderExport,
    "document.json": DocumentExport,
}


def entities():
    """The names in the first table of the docstring of the keys."""
    table = keys.__doc__.split("\n\n")[1].splitlines()
    return [line[: line.index("  ")] for line in table[2:]]


def documented():
    """The rows of the documentation: each entity, where it is, and why it is left out."""
    _, _, table = DATA_MODEL.read_text().partition(
        "| entity | where it is | why it is left out |\n"
    )
    rows = table.partition("\n\n")[0].splitlines()[1:]
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]


def test_each_entity_is_exported_or_left_out_for_a_reason():
    """A new entity of the table belongs into the export, or into the reasons."""
    rows = documented()

    assert [entity for entity, _, _ in rows] == entities()
    for entity, where, reason in rows:
        assert bool(where) != bool(reason), entity


def test_what_is_exported_is_where_the_documentation_says():
    for entity, where, _ in documented():
        if where:
            file, field = where.replace("`", "").split(": ")
            assert field in FILES[file].model_fields, entity


def test_the_published_schema_is_that_of_the_models():
    """If not: `make openapi`."""
    assert export_schema.EXPORT.stored == export_schema.EXPORT.text()

"""Make a package import its modules when a name is first used (PEP 562), instead of all at once.

A package whose `__init__.py` imports names from all of its modules makes everyone who needs one of
them load them all. This replaces those imports by a table, which the package's `__getattr__` looks
a missing name up in. The package's names stay the same; only the time of loading changes.
"""

import ast
from pathlib import Path

_ON_DEMAND = """
_ON_DEMAND = {table!r}


def __getattr__(name):
    if name not in _ON_DEMAND:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
    from importlib import import_module

    module, attribute = _ON_DEMAND[name]
    globals()[name] = value = getattr(import_module(module, __name__), attribute)
    return value


def __dir__():
    return sorted({{*globals(), *_ON_DEMAND}})
"""


def make_lazy(packages: Path, package: str) -> None:
    """Rewrite the `__init__.py` of the package of that full name, if the folder has it.

    An import stays when the file itself uses an imported name, or when a module of the package has
    the same name: once loaded, that module would replace the name.
    """
    init = packages.joinpath(*package.split("."), "__init__.py")
    if not init.is_file():
        return
    source = init.read_text()
    tree = ast.parse(source)
    modules = {path.stem for path in init.parent.iterdir()}
    used = {
        node.id
        for statement in tree.body
        if not isinstance(statement, ast.ImportFrom)
        for node in ast.walk(statement)
        if isinstance(node, ast.Name)
    }
    lines: list[str | None] = list(source.splitlines())
    table: dict[str, tuple[str, str]] = {}
    for statement in tree.body:
        if not isinstance(statement, ast.ImportFrom) or not _is_of(package, statement):
            continue
        imported = {alias.asname or alias.name: alias.name for alias in statement.names}
        if imported.keys() & (modules | used):
            continue
        module = "." * statement.level + (statement.module or "")
        table |= {name: (module, attribute) for name, attribute in imported.items()}
        for line in range(statement.lineno - 1, statement.end_lineno or statement.lineno):
            lines[line] = None
    remaining = "\n".join(line for line in lines if line is not None)
    init.write_text(remaining + "\n" + _ON_DEMAND.format(table=table))


def _is_of(package: str, statement: ast.ImportFrom) -> bool:
    return statement.level > 0 or f"{statement.module}.".startswith(f"{package}.")

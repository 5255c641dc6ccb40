"""Print ten random lines of the code, to test whether a reader can name their packages.

    python -m bench.random_lines --seed 1             # the lines, and the packages to choose from
    python -m bench.random_lines --seed 1 --answers   # with the package of each

A line qualifies if it is a statement of at least 40 characters in a function, no import and no
comment, and occurs in exactly one package. It is shown below the line that opens its function. The
reader may use `docs/architecture.md`, but not the code. The same seed draws the same lines from the
same checkout.
"""

import argparse
import ast
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

LINES = 10
"""Lines that are drawn."""
SHORTEST = 40
"""Characters of a line; shorter ones say too little."""

ROOT = Path(__file__).resolve().parent.parent

# A package is a directory below one of these; modules at its top are in "top".
ROOTS = {
    "docket": ROOT / "layers" / "core" / "python" / "docket",
    "analysis": ROOT / "layers" / "analysis" / "python" / "analysis",
    "functions": ROOT / "functions",
    "infra": ROOT / "infra",
    "local": ROOT / "local",
    "operations": ROOT / "operations",
    "training": ROOT / "training",
}


def statements(source: str) -> Iterator[str]:
    """Each long enough first line of a statement, below the line that opens its function."""
    lines = source.splitlines()
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        opening = lines[function.lineno - 1].strip()
        for node in ast.walk(function):
            if not isinstance(node, ast.stmt) or isinstance(node, ast.Import | ast.ImportFrom):
                continue
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            line = lines[node.lineno - 1].strip()
            if len(line) >= SHORTEST and node is not function:
                yield f"{opening}\n      {line}"


def packages_of_lines() -> dict[str, set[str]]:
    """Each line that may be drawn, with the packages that contain it."""
    packages: dict[str, set[str]] = defaultdict(set)
    for root, folder in ROOTS.items():
        for path in sorted(folder.rglob("*.py")):
            inside = path.relative_to(folder).parts
            if "tests" in inside:
                continue
            package = f"{root}/{inside[0]}" if len(inside) > 1 else root
            for line in statements(path.read_text(encoding="utf-8")):
                packages[line].add(package)
    return packages


def draw(seed: int) -> list[tuple[str, str]]:
    """Ten lines, each with its package."""
    packages = packages_of_lines()
    lines = sorted(line for line, places in packages.items() if len(places) == 1)
    drawn = random.Random(seed).sample(lines, LINES)  # noqa: S311 - not a secret
    return [(line, next(iter(packages[line]))) for line in drawn]


def main() -> None:
    """Print the lines of a seed, and either the packages to choose from or the answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--answers", action="store_true")
    arguments = parser.parse_args()
    drawn = draw(arguments.seed)
    for number, (line, package) in enumerate(drawn, start=1):
        print(f"{number:2}. {line}" + (f"\n    -> {package}" if arguments.answers else ""))
    if not arguments.answers:
        print("\nPackages: " + ", ".join(sorted(set.union(*packages_of_lines().values()))))


if __name__ == "__main__":
    main()

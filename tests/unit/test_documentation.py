"""The documentation names existing paths, and its generated parts are fresh."""

import re
from pathlib import Path

import pytest

from docket.table import keys
from infra import readme
from infra.endpoints import actions
from infra.queues import QUEUES

ROOT = Path(__file__).parents[2]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / ".github").rglob("*.md")),
    *sorted((ROOT / ".github").rglob("*.yml")),
    ROOT / "bench/README.md",
    ROOT / "local/stripe_double/README.md",
    ROOT / "training/README.md",
]
PACKAGES = {
    "docket": ROOT / "layers/core/python",
    "analysis": ROOT / "layers/analysis/python",
}
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}
UNTRACKED = (".build/", ".local/", ".venv/", "cdk.out/", "frontend/dist/", "node_modules/")
TARGETS = set(re.findall(r"^([a-z][a-z0-9-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))

BUCKET_PREFIXES = ("UPLOADS", "RESULTS", "PARTS", "REPORTS", "EXPORTS")
CLASSES = {"secret", "content", "personal", "operational"}
"""Of data; `docs/security.md` has what each of them demands."""

CODE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^ *```\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
SKIPPED = re.compile(r'\b(?:skip|skipif|xfail)\b(?:\([^"]*?"([^"]*)")?')
"""A test that does not have to pass, and the reason."""
WORD = re.compile(r"[\w.@/-]+")
MAKE = re.compile(r"^[$ ]*make((?: [a-z][a-z0-9-]*)+)", re.MULTILINE)


def name(file):
    return str(file.relative_to(ROOT))


def commands(text):
    """The code of a page: spans, blocks, and the steps of a workflow."""
    return [
        *CODE.findall(BLOCK.sub("", text)),
        *BLOCK.findall(text),
        *re.findall(r"run: (.*)", text),
    ]


def paths(text):
    """The words in code that start with a folder or a package of the project."""
    for code in commands(text):
        for word in WORD.findall(re.sub(r"<[^>]+>\S*|\S*…\S*|\S*\*\S*", " ", code)):
            first, slash, _ = word.partition("/")
            if slash and (first in FOLDERS or first in PACKAGES) and not word.startswith(UNTRACKED):
                yield word.partition("::")[0].rstrip(".")


def located(path):
    return PACKAGES.get(path.partition("/")[0], ROOT) / path


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_every_path_that_a_page_names_exists(file):
    missing = {path for path in paths(file.read_text()) if not located(path).exists()}

    assert not missing


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_every_link_of_a_page_has_a_target(file):
    missing = {
        target for target in LINK.findall(file.read_text()) if not (file.parent / target).exists()
    }

    assert not missing


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_every_make_target_that_a_page_names_exists(file):
    targets = {
        target
        for code in commands(file.read_text())
        for arguments in MAKE.findall(code)
        for target in arguments.split()
    }

    assert targets <= TARGETS


def test_the_patterns_find_paths_and_links():
    """Without matches, every test above would pass."""
    text = (ROOT / "CONTRIBUTING.md").read_text()

    assert "infra/endpoints/" in set(paths(text))
    assert "docs/architecture.md" in LINK.findall(text)


def test_the_generated_parts_are_fresh():
    assert not readme.stale(), "run `make docs`"


def test_everything_that_is_stored_has_a_class_and_an_end():
    """A new entity of the table, or prefix of the bucket, belongs into a class of data."""
    _, _, table = (ROOT / "docs/security.md").read_text().partition("| data | class |")
    rows = [row.strip("| ").split(" | ") for row in table.partition("\n\n")[0].splitlines()[2:]]
    drawn = (keys.__doc__ or "").split("\n\n")[1].splitlines()[2:]
    prefixes = [getattr(actions, name) for name in BUCKET_PREFIXES]

    stored = [*(line[: line.index("  ")] for line in drawn), *(f"`{p}`" for p in prefixes)]
    assert [row[0] for row in rows] == [*stored, "logs", "access logs"]
    assert {data_class for _, data_class, _ in rows} == CLASSES
    assert all(end for _, _, end in rows)


def test_an_end_to_end_test_is_skipped_only_for_a_difference_between_the_identities():
    """The reason is the first cell of a row: no other difference hides in a skipped test."""
    _, _, section = (ROOT / "docs/security.md").read_text().partition("\n## Identities\n")
    _, _, table = section.partition("|---|")
    differences = {
        row.strip("| ").split(" | ")[0] for row in table.split("\n\n")[0].splitlines()[1:]
    }
    sources = [path.read_text() for path in (ROOT / "tests/e2e").glob("*.py")]

    assert {reason for source in sources for reason in SKIPPED.findall(source)} <= differences
    assert "Login by a passkey" in differences
    assert SKIPPED.findall('pytest.skip("Login by a passkey")') == ["Login by a passkey"]
    assert SKIPPED.findall('@mark.skipif(x, reason="Any")\n@mark.xfail') == ["Any", ""]


def test_a_page_without_a_part_is_an_error():
    with pytest.raises(ValueError, match="0 parts"):
        readme.with_part("# A page", "endpoints", "| |")


def test_a_part_is_replaced_between_its_markers():
    page = "before\n<!-- a: generated -->\nold\n<!-- a: end -->\nafter\n"

    assert readme.with_part(page, "a", "new \\1") == (
        "before\n<!-- a: generated -->\nnew \\1\n<!-- a: end -->\nafter\n"
    )


def test_the_decisions_are_numbered_and_listed():
    folder = ROOT / "docs/decisions"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))

    assert [record[:4] for record in records] == [
        f"{number:04}" for number in range(1, len(records) + 1)
    ]
    for record in records:
        assert f"]({record})" in (folder / "README.md").read_text()


def test_every_action_is_pinned_by_a_commit():
    workflows = "".join(path.read_text() for path in (ROOT / ".github/workflows").glob("*.yml"))
    actions = re.findall(r"uses: (\S+)", workflows)

    assert actions
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action) for action in actions)


INSTALLED = {"node_modules", ".venv", ".build"}


def test_every_pinned_package_is_audited_each_day():
    workflow = (ROOT / ".github/workflows/audit.yml").read_text()
    (directories,) = re.findall(r"directory: \[(.*)\]", workflow)
    audited = {f"{path}/package-lock.json" for path in directories.split(", ")}
    audited |= set(re.findall(r"(?:hashes|^) +-r (\S+)", workflow, re.MULTILINE))
    names = ("package-lock.json", "requirements.txt", "requirements-dev.txt")
    found = {
        path for name in names for depth in ("", "*/", "*/*/") for path in ROOT.glob(depth + name)
    }
    pinned = {str(path.relative_to(ROOT)) for path in found if not INSTALLED & {*path.parts}}

    assert re.findall(r'cron: "\d+ \d+ (.*)"', workflow) == ["* * *"]
    assert {path.removeprefix("./") for path in audited} == pinned


def test_the_workflow_runs_every_part_of_the_makes_checks():
    makefile = (ROOT / "Makefile").read_text()
    parts = re.findall(
        r"^(?:PARTS :=|check: machine|static:) (.*?)(?: ##.*)?$", makefile, re.MULTILINE
    )
    composed = {"static": {"lint", "types"}}
    workflow = (ROOT / ".github/workflows/checks.yml").read_text()
    targets = set(re.findall(r"^ +target: ([\w-]+)", workflow, re.MULTILINE))

    run = targets.union(*(composed.get(target, set()) for target in targets))

    assert len(parts) == 3
    assert {part for line in parts for part in line.split()} == run
    assert "target: e2e IDENTITY=cognito\n" in workflow


def test_the_costs_count_the_queues():
    costs = (ROOT / "docs/costs.md").read_text()

    (queues,) = re.findall(r"asks (\d+) queues", costs)
    assert int(queues) == len(QUEUES)

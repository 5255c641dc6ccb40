"""The table of OWASP ASVS is complete, and names tests that exist; some of them are here."""

import ast
import re
from collections import Counter
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from tests.asvs import ROOT, Requirement, ShownByTests, requirements

CHAPTERS = {
    "V1": (8, 19),
    "V2": (4, 7),
    "V3": (8, 11),
    "V4": (2, 8),
    "V5": (4, 5),
    "V6": (13, 22),
    "V7": (6, 12),
    "V8": (4, 3),
    "V9": (4, 3),
    "V10": (5, 24),
    "V11": (3, 11),
    "V12": (3, 6),
    "V13": (1, 12),
    "V14": (2, 7),
    "V15": (3, 10),
    "V16": (0, 16),
    "V17": (0, 7),
}
"""The requirements of levels 1 and 2 in each chapter of version 5.0.0 of the standard."""

REASONS = ("does not apply: ", "**open**: ", "by design: ")


def test_every_requirement_of_levels_1_and_2_has_one_row():
    counted = Counter((row.id.partition(".")[0], row.level) for row in requirements())
    ids = Counter(row.id for row in requirements())

    assert {name: (counted[name, 1], counted[name, 2]) for name in CHAPTERS} == CHAPTERS
    assert len(requirements()) == sum(map(sum, CHAPTERS.values())) == 253
    assert [id_ for id_, number in ids.items() if number > 1] == []


def test_every_row_names_a_test_or_its_reason():
    without = [
        row.id for row in requirements() if not row.tests and not row.how.startswith(REASONS)
    ]
    assert without == []


@cache
def functions_of(file):
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_named_test_exists():
    expected = sorted({test.partition("::")[::2] for row in requirements() for test in row.tests})
    missing = [
        f"{file}::{name}"
        for file, name in expected
        if not (ROOT / file).exists() or name not in functions_of(file)
    ]
    assert missing == []
    assert expected


SHOWN = "tests/unit/test_asvs.py::test_the_site_sets_no_markup"


def a_run(*args, passed=(), skipped=(), table=(SHOWN,), **option):
    """The plugin and the session after a run."""
    options = {"keyword": "", "markexpr": "", "deselect": None, "collectonly": False}
    config: Any = SimpleNamespace(
        args=args, option=SimpleNamespace(**{**options, "ignore": None, **option})
    )
    row = Requirement(id="V1.1.1", level=2, how="so", tests=tuple(table))
    plugin = ShownByTests(config, [row])
    for tests, outcome in ((passed, "passed"), (skipped, "skipped")):
        for test in tests:
            report: Any = SimpleNamespace(when="call", passed=outcome == "passed", nodeid=test)
            plugin.pytest_runtest_logreport(report)
    session: Any = SimpleNamespace(config=config, exitstatus=pytest.ExitCode.OK)
    plugin.pytest_sessionfinish(session)
    return plugin.not_shown, session.exitstatus


@pytest.mark.parametrize("arguments", [("tests/unit",), ("tests",), ("tests/unit/test_asvs.py",)])
def test_a_run_fails_if_a_named_test_did_not_pass(arguments, monkeypatch):
    monkeypatch.chdir(ROOT)

    assert a_run(*arguments) == ([SHOWN], pytest.ExitCode.TESTS_FAILED)
    assert a_run(*arguments, skipped=[SHOWN])[0] == [SHOWN]
    assert a_run(*arguments, passed=[f"{SHOWN}[a]"]) == ([], pytest.ExitCode.OK)


def test_a_run_of_chosen_or_other_tests_is_not_judged(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert a_run("tests/infra")[0] == []
    assert a_run("tests/unit", keyword="markup")[0] == []
    assert a_run("tests/unit", ignore=["tests/unit/test_asvs.py"])[0] == []
    assert a_run("tests/unit/test_asvs.py::test_every_named_test_exists")[0] == []


DEPLOYED = [
    (path, path.read_text())
    for folder in ("layers/core/python", "layers/analysis/python", "functions")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
SITE = [
    (path, path.read_text())
    for path in sorted((ROOT / "frontend/src").rglob("*"))
    if path.suffix in (".ts", ".tsx", ".js") and ".test." not in path.name
]


def found(pattern, sources):
    """The files, each with the first text in it that matches."""
    matches = ((path, re.search(pattern, text, re.MULTILINE)) for path, text in sources)
    return [f"{path.relative_to(ROOT)}: {match[0]}" for path, match in matches if match]


def test_no_deployed_code_runs_data_as_code():
    pattern = (
        r"(?<![\w.])(eval|exec|compile|__import__)\(|shell=True|os\.(system|popen)\b"
        r"|^\s*(import|from) (pickle|marshal|shelve|yaml|dill|joblib)\b"
    )
    assert found(pattern, DEPLOYED) == []


def test_no_secret_comes_from_a_predictable_generator():
    """What uses `random` spreads retries, or seeds it anew in a copy of a snapshot."""
    uses = found(r"^[ \t]*(import random|from random import \w+)", DEPLOYED)

    assert {use.partition("docket/")[2] for use in uses} == {
        "runtime/batch.py: from random import uniform",
        "runtime/snapshot.py: import random",
        "table/client.py: from random import uniform",
    }


def test_no_broken_hash_is_used():
    assert found(r"\b(md5|sha1|MD5|SHA1)\b", DEPLOYED) == []


def test_no_client_trusts_every_certificate():
    assert found(r"verify(_ssl_certs)?\s*=\s*False|CERT_NONE|_create_unverified", DEPLOYED) == []


def test_the_site_sets_no_markup():
    pattern = r"dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b"
    assert found(pattern, SITE) == []


def test_the_site_merges_no_received_object():
    """`Object.assign` is used on objects that the code itself makes."""
    merges = found(
        r"__proto__|Object\.assign\((?!lazy\(|store, |upload, )|\bmerge\(|structuredMerge", SITE
    )
    assert [merge for merge in merges if "src/testing/" not in merge] == []


def test_a_password_is_typed_into_a_masked_field():
    """And may be pasted, or filled in by a password manager, which knows it by its name."""
    fields = [
        (path, block)
        for path, text in SITE
        for block in re.findall(r"<Field\b[^>]*?/>|\{\s*name: [^}]*\}", text)
        if "-password" in block
    ]

    assert len(fields) >= 4
    unmasked = [
        str(path)
        for path, block in fields
        if not re.search(r"type(=|: )\"password\"", block) and '"new-password"' not in block
    ]
    new = (ROOT / "frontend/src/components/NewPasswordField.tsx").read_text()
    assert unmasked == []
    assert 'type="password"' in new
    assert found(r"onPaste|autoComplete(=|: )\"off\"", SITE) == []

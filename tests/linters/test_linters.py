"""Linters that take long: cfn-lint in all commercial regions, checkov, and the SAM CLI.

GovCloud and the regions in China are excluded: they are not supported, see `infra.regions`.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import boto3
import pytest

from infra.regions import WITHOUT_SES, WITHOUT_SNAP_START

FOLDER = Path(__file__).parent
LINTERS = Path(".build/linters/bin").absolute()
COMMERCIAL = set(boto3.Session().get_available_regions("lambda"))
STAGES = ("dev", "prod", "dev with cognito", "prod with a domain", "local")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run a linter without credentials, and without the settings of the person who runs it."""
    home = tmp_path_factory.mktemp("home")

    def run_linter(program, *arguments):
        return subprocess.run(  # noqa: S603 - a linter, on generated files
            [program, *arguments],
            env={
                "PATH": os.defpath,
                "HOME": str(home),
                "AWS_DEFAULT_REGION": "eu-central-1",
                "SAM_CLI_TELEMETRY": "0",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    return run_linter


def cfn_lint(run, templates, regions):
    program = Path(sys.executable).with_name("cfn-lint")
    linted = run(program, "--regions", *sorted(regions), "--", *templates)
    return linted.returncode, linted.stdout, linted.stderr


def test_the_templates_pass_cfn_lint_in_every_commercial_region(synthesise, run):
    """One run for each set of regions: loading the schemas takes as long as a stage's templates."""
    by_absent: dict[frozenset[str], list[Path]] = defaultdict(list)
    for name in STAGES:
        stage = synthesise(name)
        for path in stage.template_paths:
            has_ses = "AWS::SES::" in path.read_text()
            absent = WITHOUT_SNAP_START if stage.settings.snap_start else frozenset()
            by_absent[absent | (WITHOUT_SES if has_ses else frozenset())].append(path)

    for absent, templates in by_absent.items():
        assert cfn_lint(run, templates, COMMERCIAL - absent) == (0, "", ""), absent


def test_cfn_lint_knows_the_regions_without_ses(synthesise, run):
    mail = synthesise("dev with cognito").folder / "docket-dev-mail.template.json"

    _, output, _ = cfn_lint(run, [mail], COMMERCIAL)

    assert {region for region in COMMERCIAL if f"in '{region}'" in output} == WITHOUT_SES


def test_cfn_lint_knows_the_regions_without_snapstart(synthesise, run):
    stage = synthesise("prod")
    api = stage.folder / "docket-prod-auth.template.json"

    status, output, _ = cfn_lint(run, [api], COMMERCIAL)

    assert status
    assert {line[:5] for line in output.splitlines() if line[:1] in {"E", "W"}} == {"E2530"}
    assert all(region in output for region in WITHOUT_SNAP_START)


def unmet_rules(run, templates):
    file_arguments = [argument for template in templates for argument in ("--file", str(template))]
    linted = run(
        LINTERS / "checkov",
        *("--framework", "cloudformation", "--skip-download", "--compact", "--quiet"),
        *("--output", "json"),
        *file_arguments,
    )
    report = json.loads(linted.stdout)
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["passed"] > len(templates)
    unmet: dict[str, set[str]] = {}
    for failed in report["results"]["failed_checks"]:
        unmet.setdefault(failed["check_id"], set()).add(failed["resource"])
    return unmet


def test_checkovs_rules_are_met_or_their_exception_is_explained(synthesise, run):
    exceptions = tomllib.loads((FOLDER / "checkov.toml").read_text())
    templates = [
        path for name in ("prod", "dev with cognito") for path in synthesise(name).template_paths
    ]

    unmet = unmet_rules(run, templates)

    assert {rule: unmet[rule] for rule in unmet.keys() - exceptions.keys()} == {}
    assert exceptions.keys() - unmet.keys() == set(), "these rules are met: remove them"
    assert all(len(reason) > 30 for reason in exceptions.values())


def test_sam_validate_accepts_a_stack_with_functions(synthesise, run):
    """Of one stack, because it starts cfn-lint again, which has checked all of them."""
    stage = synthesise("dev")
    template = stage.folder / "docket-dev-auth.template.json"

    validated = run(LINTERS / "sam", "validate", "--lint", "--template", template)

    assert validated.returncode == 0, validated.stderr
    assert "is a valid SAM Template" in validated.stdout + validated.stderr

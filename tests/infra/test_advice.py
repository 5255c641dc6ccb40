"""cdk-nag's rules for solutions, and CloudFormation's linter."""

import subprocess
import sys
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3
from cdk_nag import AwsSolutionsChecks


@pytest.mark.parametrize("name", ["dev", "prod", "dev with cognito", "prod with a domain"])
def test_the_templates_pass_cdk_nag(synthesise, name):
    assert synthesise(name).findings == []


def test_the_local_templates_pass_cdks_validation(synthesise):
    local = synthesise("local")

    assert (local.folder / "validation-report.json").is_file()
    assert local.findings == []


def test_cdk_nag_reports_an_insecure_bucket(tmp_path):
    app = cdk.App(outdir=str(tmp_path))
    s3.Bucket(cdk.Stack(app, "careless"), "Open")
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))

    with pytest.raises(RuntimeError, match="AwsSolutions-S10"):
        app.synth()


def test_the_templates_pass_cfn_lint(synthesise):
    stages = ("dev", "prod", "dev with cognito", "local", "prod with a domain")
    templates = [path for name in stages for path in synthesise(name).template_paths]
    linter = Path(sys.executable).with_name("cfn-lint")

    # One run for all templates: loading the linter's schemas takes as long as checking a template.
    linted = subprocess.run(  # noqa: S603 - the linter of this environment, on generated files
        [linter, "--regions", "eu-central-1", "--", *templates],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (linted.returncode, linted.stdout, linted.stderr) == (0, "", "")

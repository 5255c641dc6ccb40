"""cdk-nag's rules for solutions and for serverless applications."""

import aws_cdk as cdk
import pytest
from aws_cdk import aws_s3 as s3
from cdk_nag import AwsSolutionsChecks


@pytest.mark.parametrize("name", ["dev", "prod", "dev with cognito", "prod with a domain"])
def test_the_templates_pass_cdk_nag(synthesise, name):
    assert synthesise(name).findings == []


@pytest.mark.parametrize("name", ["dev", "prod", "dev with cognito", "prod with a domain", "local"])
def test_the_cdk_warns_of_nothing(synthesise, name):
    assert synthesise(name).warnings == []


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

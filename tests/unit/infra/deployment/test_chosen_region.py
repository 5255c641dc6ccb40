"""Nothing is deployed to a region that nobody chose."""

import aws_cdk as cdk
import boto3
import pytest

from infra import app as program
from infra import bootstrap
from infra.deployment.chosen_region import FALLBACK, NoRegionError, chosen_region
from infra.preflight.account import Account
from infra.settings import DEV

PROFILES = """
[profile american]
region = us-east-1
[profile european]
region = eu-central-1
[profile bare]
"""


@pytest.fixture(autouse=True)
def profiles(monkeypatch, tmp_path):
    """An environment with profiles, and without a region."""
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "CDK_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    config = tmp_path / "config"
    config.write_text(PROFILES)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))


@pytest.mark.parametrize(
    "chosen",
    [
        {"CDK_DEFAULT_REGION": "eu-central-1"},
        {"CDK_DEFAULT_REGION": "us-east-1", "AWS_REGION": "us-east-1"},
        {"CDK_DEFAULT_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"},
        {"CDK_DEFAULT_REGION": "us-east-1", "AWS_PROFILE": "american"},
    ],
)
def test_a_region_that_was_chosen_is_used(monkeypatch, chosen):
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)

    assert chosen_region() == chosen["CDK_DEFAULT_REGION"]


@pytest.mark.parametrize("profile", [None, "bare", "absent", "european"])
def test_the_fallback_of_the_cdk_cli_is_refused(monkeypatch, profile):
    monkeypatch.setenv("CDK_DEFAULT_REGION", FALLBACK)
    if profile:
        monkeypatch.setenv("AWS_PROFILE", profile)

    with pytest.raises(NoRegionError, match="Set AWS_REGION"):
        chosen_region()


def test_the_app_ends_with_the_sentence_instead_of_a_traceback(monkeypatch):
    monkeypatch.setattr(cdk, "App", lambda: cdk.Stack().node.root)
    monkeypatch.setattr(program, "settings_of", lambda _: DEV)

    with pytest.raises(SystemExit, match="There is no region"):
        program.main()


@pytest.mark.parametrize(
    ("region", "places"),
    [
        ("eu-central-1", ["aws://123456789012/eu-central-1", "aws://123456789012/us-east-1"]),
        ("us-east-1", ["aws://123456789012/us-east-1"]),
    ],
)
def test_the_regions_of_the_stage_and_of_the_edge_are_bootstrapped(region, places):
    account = Account(clients=boto3.Session(), id="123456789012", region=region, settings=DEV)

    assert [word for word in bootstrap.command(account) if word.startswith("aws:")] == places

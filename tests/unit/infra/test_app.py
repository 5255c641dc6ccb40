"""The settings that the CDK app takes from its context."""

from dataclasses import replace

import aws_cdk as cdk
import pytest

from infra import app as program
from infra.setting_types.error import SettingsError
from infra.settings import DEV, PROD


def settings_of(**context):
    return program.settings_of(cdk.App(context=context))


def test_an_identity_of_the_command_line_is_taken_where_the_data_goes_with_the_stage():
    assert settings_of(stage="dev").identity_provider == DEV.identity_provider
    for identity_provider in ("jwt", "cognito"):
        assert settings_of(identity=identity_provider).identity_provider == identity_provider


@pytest.mark.parametrize("identity_provider", ["jwt", "cognito"])
def test_a_stage_that_keeps_its_data_takes_the_identity_of_its_settings_only(
    monkeypatch, identity_provider
):
    """Without the argument, or with the other one, it would be deployed without its customers."""
    other = {"jwt": "cognito", "cognito": "jwt"}[identity_provider]
    monkeypatch.setattr(program, "PROD", replace(PROD, identity_provider=identity_provider))

    for context in ({}, {"identity": identity_provider}):
        assert settings_of(stage="prod", **context).identity_provider == identity_provider
    with pytest.raises(SettingsError, match=f"is {identity_provider}.*change identity_provider"):
        settings_of(stage="prod", identity=other)
    draft = settings_of(stage="prod", identity=other, draft="true")
    assert draft.identity_provider == other


@pytest.mark.parametrize("context", [{"identity": "saml"}, {"stage": "staging"}])
def test_an_unknown_identity_or_stage_is_refused(context):
    with pytest.raises(SettingsError, match=next(iter(context.values()))):
        settings_of(**context)

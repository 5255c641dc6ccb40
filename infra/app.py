"""The CDK app that `cdk synth` and `cdk deploy` run.

    -c stage=dev|prod|local     the stage; the default is dev
    -c identity=jwt|cognito     the identity provider; the default is the stage's setting,
                                from which a stage that keeps its data cannot differ
    -c draft=true               for templates that are not deployed: with any identity, and
                                without an operator
    -c alarm_email=ADDRESS      the address that alarms wake; the default is the stage's setting
    CDK_DEFAULT_REGION          the region; the CDK CLI sets it from AWS_REGION or from the profile

The local stage also needs `-c emulator_port=` and `-c stripe_api=`, which `make run` passes.
"""

import sys
from dataclasses import replace
from typing import cast

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from infra.deployment.chosen_region import chosen_region
from infra.layers import build as layers
from infra.regions import has_snap_start
from infra.setting_types.error import SettingsError
from infra.settings import DEV, PROD, Emulator, Settings, local, with_identity
from infra.stacks.stage import add_stacks


def settings_of(app: cdk.App) -> Settings:
    """The settings of the stage in the context. Raises `SettingsError` if there is none."""
    stage = _context(app, "stage", "dev")
    match stage:
        case "dev":
            settings = DEV
        case "prod":
            settings = PROD
        case "local":
            settings = local(
                architecture=layers.host_architecture(),
                emulator=Emulator(
                    port=int(_context(app, "emulator_port")),
                    stripe_api=_context(app, "stripe_api"),
                ),
            )
        case _:
            raise SettingsError(f"there is no stage {stage!r}: it is local, dev or prod")
    alarm_email = cast("str | None", app.node.try_get_context("alarm_email"))
    draft = _context(app, "draft", "false") == "true"
    settings = replace(
        settings,
        alarm_email=alarm_email or settings.alarm_email,
        requires_operator=settings.requires_operator and not draft,
    )
    return with_identity(
        settings, _context(app, "identity", settings.identity_provider), draft=draft
    )


def for_region(settings: Settings, region: str) -> Settings:
    """The settings in that region: without SnapStart where Lambda does not offer it."""
    snap_start = settings.snap_start and has_snap_start(region)
    return replace(settings, region=region, snap_start=snap_start)


def _context(app: cdk.App, name: str, otherwise: str | None = None) -> str:
    value = cast("str | None", app.node.try_get_context(name)) or otherwise
    if value is None:
        raise SettingsError(f"the context lacks -c {name}=…")
    return value


def main() -> None:
    """Synthesise the stacks. Exits with a sentence if the settings contradict each other."""
    app = cdk.App()
    try:
        settings = for_region(settings_of(app), chosen_region())
        add_stacks(app, settings=settings, layers=layers.build(settings.architecture))
    except SettingsError as error:
        sys.exit(str(error))  # a traceback would hide the sentence
    if not settings.emulator:  # the rules are about AWS; without them a local run starts sooner
        cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
    app.synth()


if __name__ == "__main__":
    main()

"""The targets that deploy pass their settings to the CDK."""

import subprocess
from itertools import pairwise

import pytest


def commands(*arguments):
    """The commands that make would run, each a list of its arguments."""
    printed = subprocess.run(  # noqa: S603 - our Makefile, without running anything
        ["make", "--dry-run", "--no-print-directory", *arguments],  # noqa: S607 - whichever is used
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [line.split() for line in printed.replace("\\\n", " ").splitlines()]


@pytest.mark.parametrize("target", ["synth", "diff", "deploy"])
def test_a_target_takes_stage_identity_and_the_address_for_alarms(target):
    settings = ("STAGE=prod", "IDENTITY=cognito", "ALARM_EMAIL=on-call@example.com")

    (command,) = [command for command in commands(target, *settings) if target in command[:3]]

    draft = ["draft=true"] if target == "synth" else []  # only `synth` takes any identity
    assert arguments_of(command, "-c") == [
        *draft, "stage=prod", "identity=cognito", "alarm_email=on-call@example.com"
    ]  # fmt: skip


def test_preflight_takes_stage_identity_and_the_address_for_alarms():
    settings = ("STAGE=prod", "IDENTITY=cognito", "ALARM_EMAIL=on-call@example.com")
    printed = commands("preflight", *settings)

    (command,) = [command for command in printed if "infra.preflight" in command]

    assert command[command.index("infra.preflight") + 1] == "prod"
    assert arguments_of(command, "--identity") == ["cognito"]
    assert arguments_of(command, "--alarm-email") == ["on-call@example.com"]


@pytest.mark.parametrize(
    ("settings", "identity"), [((), "jwt"), (("IDENTITY=cognito",), "cognito")]
)
def test_the_end_to_end_tests_run_with_either_identity(settings, identity):
    (command,) = [command for command in commands("e2e", *settings) if "pytest" in command]

    assert f"IDENTITY={identity}" in command


def test_all_stacks_of_dev_are_deployed_unless_some_are_named():
    (command,) = [command for command in commands("deploy") if "deploy" in command[:3]]
    (some,) = [command for command in commands("deploy", "STACKS=a b") if "deploy" in command[:3]]

    assert "--all" in command
    assert arguments_of(command, "-c") == ["stage=dev"]
    assert "--all" not in some
    assert {"a", "b"} <= set(some)


def test_a_deployment_first_makes_way_for_stacks_that_were_never_created():
    first, second = (line for line in commands("deploy", "STAGE=prod") if "prod" in str(line))

    assert first[1:] == ["-m", "infra.unfinished", "prod"]
    assert "deploy" in second[:3]


def arguments_of(command, option):
    return [argument for before, argument in pairwise(command) if before == option]

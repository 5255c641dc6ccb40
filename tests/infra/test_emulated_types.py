"""What the emulator does not know is in the stacks that the local stage does not deploy."""

import json
import subprocess

import pytest

from local.emulator import PYTHON, UNKNOWN_TYPES

KNOWN = """
import json
from ministack.services.cloudformation import provisioners
print(json.dumps(sorted(provisioners._RESOURCE_HANDLERS)))
"""
DEPLOYED = ["dev", "prod", "dev with cognito", "prod with a domain"]


@pytest.fixture(scope="module")
def known():
    """The types that the emulator's own provisioners create."""
    printed = subprocess.run(  # noqa: S603 - the emulator's interpreter, with a program of ours
        [PYTHON, "-P", "-c", KNOWN], capture_output=True, check=True, text=True, timeout=60
    )
    return {*json.loads(printed.stdout.splitlines()[-1]), "AWS::CDK::Metadata"}


def nouns(stage):
    """The templates of the stage's own region by the nouns of their stacks."""
    prefix = stage.stack_name("")
    return {stack.removeprefix(prefix): template for stack, template in stage.templates.items()}


def types_in(templates):
    return {
        resource["Type"] for template in templates for resource in template["Resources"].values()
    }


def test_the_emulator_knows_every_type_of_the_local_stage(synthesise, known):
    assert types_in(synthesise("local").templates.values()) <= known


@pytest.mark.parametrize("name", DEPLOYED)
def test_the_stacks_that_are_deployed_locally_have_known_types_in_every_stage(
    synthesise, known, name
):
    local = nouns(synthesise("local"))

    templates = [template for noun, template in nouns(synthesise(name)).items() if noun in local]

    assert len(templates) == len(local)
    assert types_in(templates) <= known


@pytest.mark.parametrize("name", DEPLOYED)
def test_every_other_type_that_the_emulator_does_not_know_is_named(synthesise, known, name):
    assert types_in(synthesise(name).templates.values()) - known <= UNKNOWN_TYPES


def test_the_emulator_still_does_not_know_the_types_that_are_left_out(known):
    """A type that it has learnt can be deployed locally."""
    assert not UNKNOWN_TYPES & known

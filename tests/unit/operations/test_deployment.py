"""The stage is found by its functions, and the person by their credentials."""

import hashlib
import os

import boto3
import pytest

from docket.runtime import config
from operations.deployment import NotDeployed, connect
from tests.emulated_aws import REGION


def test_the_settings_are_those_of_the_stages_functions(deployed, monkeypatch):
    monkeypatch.setenv("DOCKET_COMPLETION_MINUTES", "1")

    connect("test")

    assert config.read(config.Deadlines).completion_minutes == 120


def test_the_person_has_a_pseudonym(deployed):
    operator = connect("test")

    arn = boto3.client("sts", region_name=REGION).get_caller_identity()["Arn"]
    assert operator.pseudonym == hashlib.sha256(arn.encode()).hexdigest()[:16]
    assert operator.audit().event("refund_owed").facts == {"operator": operator.pseudonym}


def test_another_stage_is_not_deployed(deployed):
    with pytest.raises(NotDeployed):
        connect("prod")


def test_the_region_is_that_of_aws_region(deployed, monkeypatch):
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")

    connect("test")

    assert os.environ["AWS_DEFAULT_REGION"] == REGION

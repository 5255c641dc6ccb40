"""Trimming the packages of the layers."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.loaders import Loader

from infra.layers.build import ROOT
from infra.layers.trim import AWS_SERVICES, trim_aws_data


def test_aws_data_is_trimmed_to_the_used_services(tmp_path):
    (tmp_path / "s3").mkdir()
    (tmp_path / "ec2").mkdir()
    endpoints = {"partitions": [{"partition": "aws", "services": {"s3": {"a": 1}, "ec2": {}}}]}
    (tmp_path / "endpoints.json").write_text(json.dumps(endpoints))

    trim_aws_data(tmp_path)

    assert not (tmp_path / "ec2").exists()
    assert json.loads((tmp_path / "endpoints.json").read_text()) == {
        "partitions": [{"partition": "aws", "services": {"s3": {"a": 1}}}]
    }


def test_the_used_services_are_those_with_a_client():
    paths = (ROOT / "layers/core/python").rglob("*.py")
    code = "".join(path.read_text() for path in paths)

    assert set(re.findall(r"\bclient\(\s*\"([a-z0-9-]+)\"", code)) == AWS_SERVICES


@pytest.mark.parametrize("service", sorted(AWS_SERVICES))
def test_a_client_works_with_the_trimmed_data(tmp_path, service):
    whole = Path(botocore.__file__).parent / "data"
    for file in whole.glob("*.json*"):
        shutil.copy(file, tmp_path)
    shutil.copytree(whole / service, tmp_path / service)
    trim_aws_data(tmp_path)
    session = botocore.session.Session()
    session.register_component(
        "data_loader", Loader([str(tmp_path)], include_default_search_paths=False)
    )

    client: Any = session.create_client(
        service, "eu-central-1", aws_access_key_id="test", aws_secret_access_key="test"
    )

    operation = client.meta.service_model.operation_names[0]
    model = client.meta.service_model.operation_model(operation)
    required = model.input_shape.required_members if model.input_shape else []
    url = client._resolve_endpoint_ruleset(
        model, dict.fromkeys(required, "something"), {"client_config": client.meta.config}
    )[0]
    assert "eu-central-1" in url

import gzip
import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.loaders import Loader

from infra import layers


def test_a_layer_of_ours_holds_its_sources_and_their_bytecode(tmp_path):
    source = tmp_path / "source"
    (source / "package").mkdir(parents=True)
    (source / "package/__init__.py").write_text("ANSWER = 42\n")

    layer = layers._own(source, tmp_path / "target")

    module = layer.folder / "python/package/__init__.py"
    assert module.read_text() == "ANSWER = 42\n"
    assert module.with_name("__pycache__").is_dir()


def test_bytecode_is_used_whatever_the_sources_time(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "module.py").write_text("ANSWER = 42\n")

    layer = layers._own(source, tmp_path / "target")

    cached = importlib.util.cache_from_source(str(layer.folder / "python/module.py"))
    flags = int.from_bytes(Path(cached).read_bytes()[4:8], "little")
    assert flags == 0b01  # by hash, and unchecked


def test_an_unchanged_layer_is_not_built_again_and_a_changed_one_is(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    (source / "module.py").write_text("ANSWER = 42\n")
    first = layers._own(source, target)
    mark = first.folder / "mark"
    mark.touch()

    same = layers._own(source, target)
    was_kept = mark.exists()
    (source / "module.py").write_text("ANSWER = 43\n")
    changed = layers._own(source, target)

    assert was_kept
    assert same.fingerprint == first.fingerprint
    assert changed.fingerprint != first.fingerprint
    assert not mark.exists()


def test_aws_data_is_cut_to_our_services_and_stays_readable(tmp_path):
    (tmp_path / "s3").mkdir()
    (tmp_path / "ec2").mkdir()
    endpoints = {"partitions": [{"partition": "aws", "services": {"s3": {"a": 1}, "ec2": {}}}]}
    (tmp_path / "endpoints.json").write_text(json.dumps(endpoints))

    described = {"documentation": "Prose.", "shapes": {"documentation": {"type": "string"}}}
    packed = gzip.compress(json.dumps(described).encode())
    (tmp_path / "s3/service-2.json.gz").write_bytes(packed)

    layers._trim_aws_data(tmp_path)

    assert not (tmp_path / "ec2").exists()
    assert json.loads((tmp_path / "s3/service-2.json").read_text()) == {
        "documentation": "",
        "shapes": {"documentation": {"type": "string"}},  # a field that has the name, not prose
    }
    assert json.loads((tmp_path / "endpoints.json").read_text()) == {
        "partitions": [{"partition": "aws", "services": {"s3": {"a": 1}}}]
    }


@pytest.mark.parametrize("service", sorted(layers.AWS_SERVICES))
def test_a_client_can_be_made_and_used_with_the_trimmed_data(tmp_path, service):
    whole = Path(botocore.__file__).parent / "data"
    for file in whole.glob("*.json*"):
        shutil.copy(file, tmp_path)
    shutil.copytree(whole / service, tmp_path / service)
    layers._trim_aws_data(tmp_path)
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

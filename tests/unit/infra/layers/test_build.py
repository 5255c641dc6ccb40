"""Building the layers."""

import importlib.util
import io
import os
import shutil
import zipfile
from pathlib import Path

from infra.layers.build import build_own


def test_an_own_layer_contains_sources_and_bytecode(tmp_path):
    source = tmp_path / "source"
    (source / "package").mkdir(parents=True)
    (source / "package/__init__.py").write_text("ANSWER = 42\n")

    layer = build_own(source, tmp_path / "target")

    module = layer.folder / "python/package/__init__.py"
    assert module.read_text() == "ANSWER = 42\n"
    assert module.with_name("__pycache__").is_dir()


def test_the_archive_holds_the_layer_and_does_not_depend_on_modification_times(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    module = source / "module.py"
    module.write_text("ANSWER = 42\n")
    archives = []

    for seconds in (1, 1_000_000_000):
        os.utime(module, (seconds, seconds))
        shutil.rmtree(tmp_path / "target", ignore_errors=True)
        archives.append(build_own(source, tmp_path / "target").archive.read_bytes())

    with zipfile.ZipFile(io.BytesIO(archives[0])) as archive:
        assert archive.read("python/module.py") == b"ANSWER = 42\n"
        assert archive.getinfo("python/module.py").external_attr >> 16 == 0o100644
    assert archives[0] == archives[1]


def test_bytecode_does_not_depend_on_the_sources_modification_time(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "module.py").write_text("ANSWER = 42\n")

    layer = build_own(source, tmp_path / "target")

    cached = importlib.util.cache_from_source(str(layer.folder / "python/module.py"))
    flags = int.from_bytes(Path(cached).read_bytes()[4:8], "little")
    assert flags == 0b01  # by hash, and unchecked


def test_only_a_changed_layer_is_built_again(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    (source / "module.py").write_text("ANSWER = 42\n")
    first = build_own(source, target)
    mark = first.folder / "mark"
    mark.touch()

    same = build_own(source, target)
    was_reused = mark.exists()
    (source / "module.py").write_text("ANSWER = 43\n")
    changed = build_own(source, target)

    assert was_reused
    assert same.fingerprint == first.fingerprint
    assert changed.fingerprint != first.fingerprint
    assert not mark.exists()

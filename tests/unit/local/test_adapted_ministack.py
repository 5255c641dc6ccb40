"""What Docket changes of the emulator."""

import json
import zipfile
from types import SimpleNamespace

import pytest

from local import adapted_ministack
from local.adapted_ministack import (
    SCHEDULE_SECONDS,
    SHARED_FROM_BYTES,
    run_schedules_often,
    share_files,
    unpack_once,
)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(adapted_ministack, "CACHE", tmp_path / "cache")


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "layer.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("python/module.py", "ANSWER = 42\n")
    with zipfile.ZipFile(path) as file:
        yield file


def test_environments_share_an_unpacked_layer(archive, tmp_path):
    folders = [tmp_path / environment / "layer_0" for environment in ("first", "second")]

    for folder in folders:
        folder.mkdir(parents=True)
        unpack_once(archive, str(folder))

    assert [(folder / "python/module.py").read_text() for folder in folders] == [
        "ANSWER = 42\n"
    ] * 2
    assert folders[0].resolve() == folders[1].resolve()


def test_a_changed_layer_is_not_the_one_unpacked_before(archive, tmp_path):
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(changed, "w") as file:
        file.writestr("python/module.py", "ANSWER = 43\n")
    old, new = tmp_path / "old/layer_0", tmp_path / "new/layer_0"

    for folder in (old, new):
        folder.mkdir(parents=True)
    unpack_once(archive, old)
    with zipfile.ZipFile(changed) as file:
        unpack_once(file, new)

    assert (old / "python/module.py").read_text() == "ANSWER = 42\n"
    assert (new / "python/module.py").read_text() == "ANSWER = 43\n"


def test_the_code_of_a_function_is_unpacked_where_it_belongs(archive, tmp_path):
    code = tmp_path / "code"
    code.mkdir()

    unpack_once(archive, code)

    assert (code / "python/module.py").is_file()
    assert not code.is_symlink()


def test_equal_archives_are_stored_in_one_file(tmp_path):
    persistence = SimpleNamespace(_json_default=lambda _: "encoded", _json_object_hook=dict)
    archive = b"x" * SHARED_FROM_BYTES
    share_files(tmp_path / "files", persistence)

    stored = json.dumps(
        {"core": archive, "copy": archive, "code": b"short"}, default=persistence._json_default
    )

    assert len(list((tmp_path / "files").iterdir())) == 1
    assert len(stored) < 300
    assert json.loads(stored, object_hook=persistence._json_object_hook) == {
        "core": archive,
        "copy": archive,
        "code": "encoded",
    }


def test_a_rate_of_a_minute_is_due_at_each_look_at_the_rules():
    rates = {"rate(1 minute)": 60, "cron(0 12 * * ? *)": None}
    eventbridge = SimpleNamespace(_parse_rate_seconds=rates.get, _SCHEDULER_TICK_INTERVAL=60)

    run_schedules_often(eventbridge)

    assert eventbridge._SCHEDULER_TICK_INTERVAL == SCHEDULE_SECONDS
    assert eventbridge._parse_rate_seconds("rate(1 minute)") < SCHEDULE_SECONDS
    assert eventbridge._parse_rate_seconds("cron(0 12 * * ? *)") is None

import gc
import importlib

import pytest

from docket.runtime import cold_start
from infra.endpoints import FUNCTIONS


@pytest.fixture(autouse=True)
def restore_gc():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_there_is_no_garbage_collection_during_the_cold_start():
    collections = []
    gc.callbacks.append(lambda phase, _info: collections.append(phase))
    try:
        cold_start.defer_gc()
        objects = [[number] for number in range(100_000)]
    finally:
        gc.callbacks.pop()

    assert objects
    assert not collections


def test_objects_of_the_cold_start_are_frozen():
    cold_start.defer_gc()
    objects = [[number] for number in range(1_000)]

    cold_start.resume_gc()

    assert gc.get_freeze_count() >= len(objects)
    assert gc.get_threshold() == cold_start.DEFAULT_THRESHOLD
    assert gc.isenabled()


@pytest.mark.parametrize("row", FUNCTIONS, ids=lambda row: row.name)
def test_every_function_resumes_garbage_collection(row):
    function = importlib.import_module(f"functions.{row.name.replace('/', '.')}")
    cold_start.defer_gc()

    importlib.reload(function)

    assert gc.get_threshold() == cold_start.DEFAULT_THRESHOLD

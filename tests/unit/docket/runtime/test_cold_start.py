import gc
import importlib

import pytest

from docket.runtime import cold_start
from infra.endpoints import FUNCTIONS


@pytest.fixture(autouse=True)
def _as_it_was():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_nobody_looks_for_garbage_while_a_function_starts():
    looks = []
    gc.callbacks.append(lambda phase, _info: looks.append(phase))
    try:
        cold_start.defer_gc()
        objects = [[number] for number in range(100_000)]
    finally:
        gc.callbacks.pop()

    assert objects
    assert not looks


def test_what_a_start_made_is_never_looked_through_again_and_a_requests_garbage_goes():
    cold_start.defer_gc()
    objects = [[number] for number in range(1_000)]

    cold_start.resume_gc()

    assert gc.get_freeze_count() >= len(objects)
    assert gc.get_threshold() == cold_start.DEFAULT_THRESHOLD
    assert gc.isenabled()


@pytest.mark.parametrize("row", FUNCTIONS, ids=lambda row: row.name)
def test_every_function_ends_its_start(row):
    function = importlib.import_module(f"functions.{row.name.replace('/', '.')}")
    cold_start.defer_gc()

    importlib.reload(function)

    assert gc.get_threshold() == cold_start.DEFAULT_THRESHOLD

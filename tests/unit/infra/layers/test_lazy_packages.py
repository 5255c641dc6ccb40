import importlib
import sys

import pytest

from infra.layers.lazy_packages import make_lazy

INIT = '''"""Shapes."""

from shapes.round import Circle, Sphere as Ball
from .square import Square
from shapes.plain import plain
from shapes.base import VERSION

__version__ = VERSION
__all__ = ["Circle", "Ball", "Square", "plain"]
'''


@pytest.fixture
def shapes(tmp_path, monkeypatch):
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "__init__.py").write_text(INIT)
    (folder / "round.py").write_text("class Circle: ...\n\n\nclass Sphere: ...\n")
    (folder / "square.py").write_text("class Square: ...\n")
    (folder / "plain.py").write_text("def plain(): ...\n")
    (folder / "base.py").write_text("VERSION = '1'\n")
    make_lazy(tmp_path, "shapes")
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("shapes")
    for name in [name for name in sys.modules if name.split(".")[0] == "shapes"]:
        del sys.modules[name]


def test_a_module_is_loaded_when_a_name_of_it_is_wanted(shapes):
    assert "shapes.round" not in sys.modules

    assert shapes.Circle.__module__ == "shapes.round"
    assert "shapes.square" not in sys.modules


def test_every_name_is_there_under_the_name_it_was_given(shapes):
    assert (shapes.Ball.__name__, shapes.Square.__name__) == ("Sphere", "Square")
    assert {"Circle", "Ball", "Square", "plain", "__version__"} <= set(dir(shapes))
    assert not hasattr(shapes, "Triangle")


def test_a_name_that_is_also_a_modules_stays_what_it_was(shapes):
    importlib.import_module("shapes.plain")

    assert callable(shapes.plain)


def test_what_the_package_itself_uses_is_loaded_at_once(shapes):
    assert shapes.__version__ == "1"
    assert "shapes.base" in sys.modules


def test_a_package_that_is_not_there_is_left_alone(tmp_path):
    make_lazy(tmp_path, "shapes.flat")

    assert not list(tmp_path.iterdir())

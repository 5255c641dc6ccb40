import pytest

from analysis.sandbox import parent


@pytest.fixture
def patch_child(tmp_path, monkeypatch):
    """The next child process starts with these lines."""

    def patch(lines):
        parent.close()
        (tmp_path / "sitecustomize.py").write_text(lines)
        monkeypatch.syspath_prepend(tmp_path)

    yield patch
    parent.close()

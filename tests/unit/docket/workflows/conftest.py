import pytest

from docket.workflows import reading


@pytest.fixture
def stub_reader(monkeypatch):
    """Make the reader return this result for every document, or raise it, without page images."""

    def stub(result):
        requests = []

        def read(data, *_, **__):
            requests.append(data)
            if isinstance(result, Exception):
                raise result
            return result

        monkeypatch.setattr(reading, "read", read)
        monkeypatch.setattr(reading, "previews", lambda *_, **__: iter(()))
        return requests

    return stub

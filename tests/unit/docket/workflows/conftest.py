import pytest

from docket.table import client
from docket.workflows.documents import reading
from tests.simulation.aws import separate_table


@pytest.fixture
def simulated_table(table, monkeypatch):
    """The simulation's table in place of moto's, for tests with thousands of requests."""
    simulated = separate_table()
    monkeypatch.setattr(client, "dynamodb", lambda: simulated)


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

import threading

import pytest
from moto.dynamodb.models import DynamoDBBackend


@pytest.fixture
def atomic(monkeypatch):
    """Transactions one after the other, as DynamoDB makes them; moto's are not, among threads."""
    lock, write = threading.Lock(), DynamoDBBackend.transact_write_items

    def alone(*said, **named):
        with lock:
            return write(*said, **named)

    monkeypatch.setattr(DynamoDBBackend, "transact_write_items", alone)

"""The twin of boto3's Secrets Manager client, with secrets that can be rotated."""

import json
from typing import Any

from tests.simulation.faults import Fault
from tests.simulation.sdk import Connection, error


class Secrets:
    """The fields of each secret, by its name."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, str]] = {}

    def put(self, name: str, **fields: str) -> None:
        """Store a secret in place of the one with this name."""
        self.fields[name] = fields


class SecretsClient:
    """Secrets Manager's client."""

    def __init__(self, secrets: Secrets, connection: Connection) -> None:
        self._secrets, self._connection = secrets, connection

    def get_secret_value(self, **request: Any) -> dict[str, Any]:
        def get() -> dict[str, Any]:
            name = request["SecretId"]
            if name not in self._secrets.fields:
                raise error("GetSecretValue", "ResourceNotFoundException", "no such secret")
            return {"ARN": name, "SecretString": json.dumps(self._secrets.fields[name])}

        refusals = [
            (
                Fault.SERVER_ERROR,
                lambda: error("GetSecretValue", "InternalServiceError", "failed", status=500),
            ),
            (
                Fault.THROTTLED,
                lambda: error("GetSecretValue", "ThrottlingException", "Rate exceeded"),
            ),
        ]
        return self._connection.call("GetSecretValue", get, refusals)

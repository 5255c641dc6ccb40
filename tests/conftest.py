"""After a run of all tests of handlers: their calls are judged by the rows and by the roles."""

import pytest

from tests.iam.run import Run


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Run(config))

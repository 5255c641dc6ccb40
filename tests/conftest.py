"""After a run of all tests of handlers: their calls are judged by the rows and by the roles.

After a run of whole files: the tests that `docs/asvs.md` names have passed.
"""

import pytest

from tests.asvs import ShownByTests
from tests.iam.run import Run


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Run(config))
    config.pluginmanager.register(ShownByTests(config))

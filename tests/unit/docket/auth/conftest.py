import pytest


@pytest.fixture(autouse=True)
def counted_together(new_window):
    """What a test tries is counted in one window."""

"""The templates of the infrastructure's tests."""

from tests.infra.conftest import synthesise

__all__ = ["synthesise"]

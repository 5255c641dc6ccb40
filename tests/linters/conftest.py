"""The templates of the infrastructure's tests."""

from tests.infra.conftest import layers, synthesise

__all__ = ["layers", "synthesise"]

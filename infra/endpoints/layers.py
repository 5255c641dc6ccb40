"""The layers of functions that need more than the defaults."""

from infra.endpoint_spec import LayerName

WITH_ANALYSIS: tuple[LayerName, ...] = ("core", "vendor", "analysis")
"""The analysis code without its third-party packages: enough to read a result."""
WITH_READER: tuple[LayerName, ...] = (*WITH_ANALYSIS, "reader")
"""Also the third-party packages, which draw reports."""

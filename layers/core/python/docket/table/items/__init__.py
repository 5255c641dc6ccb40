"""How values and dataclasses are stored as attributes."""

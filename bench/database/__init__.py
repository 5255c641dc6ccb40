"""Measurements of the table: units, calls and debts, from the real handlers."""

"""Documents and their readings."""

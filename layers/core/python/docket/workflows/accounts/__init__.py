"""Use cases of an account."""

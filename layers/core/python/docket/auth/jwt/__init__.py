"""Accounts in the table, and sessions with Docket's own tokens."""

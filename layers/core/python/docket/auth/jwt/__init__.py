"""Accounts in our table, sessions by tokens of our own."""

"""Accounts: users, sessions, second factors, links, mails."""

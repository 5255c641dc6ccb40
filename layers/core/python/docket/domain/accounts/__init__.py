"""Accounts: users, devices, second factors, links, mails."""

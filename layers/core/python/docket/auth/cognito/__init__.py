"""Accounts and sessions in a user pool. Its own tokens are checked by the gateway.

A pool keeps one form of an address: the normalised one, which is what makes it unique.
"""

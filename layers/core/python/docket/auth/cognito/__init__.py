"""Accounts in a Cognito user pool, and the pool's own sessions, for the authorizer `gateway`.

The pool stores the normalized form of an address, so that it is unique.
"""

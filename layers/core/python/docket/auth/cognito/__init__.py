"""Accounts in a Cognito user pool, and the pool's own sessions, for the authorizer `gateway`.

The pool has an address in its normalized form, so that it is unique, and as its owner wrote it.
"""

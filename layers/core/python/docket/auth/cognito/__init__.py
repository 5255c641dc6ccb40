"""Accounts and sessions in a Cognito user pool. The gateway checks the pool's tokens.

The pool stores the normalized form of an address, so that it is unique.
"""

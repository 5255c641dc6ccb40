"""`make preflight`: ask an AWS account whether a stage can be deployed there, before it is.

`checks` holds what is asked; `finding` is an answer. Nothing is changed in the account, and no
secret is printed.
"""

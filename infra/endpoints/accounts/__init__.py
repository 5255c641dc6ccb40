"""The rows of accounts: how customers sign in, and what is theirs beside their orders."""

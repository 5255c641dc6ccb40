"""What the table has of accounts that are in a user pool."""

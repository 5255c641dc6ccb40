"""Sessions, passwords, addresses, second factors and passkeys, wherever accounts are stored."""

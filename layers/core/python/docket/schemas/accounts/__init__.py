"""Requests and responses about accounts, and the files of an export."""

"""The facts of kinds of documents that need few rules; others are packages of their own."""

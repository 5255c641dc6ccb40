"""The child process in which a document is opened, and the parent's side of it."""

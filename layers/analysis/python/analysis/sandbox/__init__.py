"""The child process in which documents are opened, and the parent's side of it."""

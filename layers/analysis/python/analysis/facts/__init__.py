"""What documents state: one module for each kind of document, and what may stand anywhere."""

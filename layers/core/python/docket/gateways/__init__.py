"""Other systems. Each module is the only one that calls its system."""

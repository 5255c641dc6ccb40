"""Other systems: each module is the only one that calls its system."""

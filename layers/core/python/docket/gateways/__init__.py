"""Other people's systems: each module is one of them, and the only one that speaks to it."""

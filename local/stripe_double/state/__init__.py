"""What the double stores, and the faults that a test injects."""

"""Where a stage is deployed: its region, and its stacks in an account."""

"""Payment of an order, its analysis and its report."""

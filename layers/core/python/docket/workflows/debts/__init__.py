"""Debts: found when they are due, claimed, and settled by kind; see `docket.domain.debt`."""

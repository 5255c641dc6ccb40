"""Use cases that span the table, the gateways and the domain."""

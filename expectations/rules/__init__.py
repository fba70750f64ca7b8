"""Rules written by hand, one module a table."""

"""Counts that a chart needs, each with the keys of the rows it counted."""

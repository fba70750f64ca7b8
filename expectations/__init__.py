"""Checks that gate publishing: suites derived from the registry and rules written by hand."""

"""Prefect flows and tasks: read, call a transform, stage, report."""

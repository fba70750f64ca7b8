"""Mentions of one thing meet in one entity."""

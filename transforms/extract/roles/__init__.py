"""Persons with their titles and bodies."""

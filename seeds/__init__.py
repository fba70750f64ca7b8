"""Committed inputs: pages, lookups and gazetteers. Data only; `flows.resources` reads it."""

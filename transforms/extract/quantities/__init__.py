"""Money, measures, counts and rates with their unit, and what they measure."""

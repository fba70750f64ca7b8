"""Dates, periods and festivals as days, from the words of an article and its reference."""

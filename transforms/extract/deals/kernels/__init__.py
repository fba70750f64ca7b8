"""Deals read from a word of the deed and the names around it, whatever the order of the sentence."""

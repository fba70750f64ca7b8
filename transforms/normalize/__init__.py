"""Raw page text to edits, blocks, articles, credits, sentences and damage."""

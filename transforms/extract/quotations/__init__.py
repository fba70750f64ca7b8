"""Direct and reported speech with its speaker."""

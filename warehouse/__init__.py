"""What a table is, where it is stored and how it is read."""

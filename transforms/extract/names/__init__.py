"""General rules on top of the recognition engine, one module per kind of name."""

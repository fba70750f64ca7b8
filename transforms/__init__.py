"""Pure functions: bytes or Polars frames in, Polars frames out. No files, clock, settings or Prefect."""

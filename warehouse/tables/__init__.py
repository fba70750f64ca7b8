"""The tables, one module a step of the way: each lists columns and keys, nothing else."""

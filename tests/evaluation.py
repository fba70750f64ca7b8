"""Where the evaluation data lies; benchmarks and tests that need it say so and skip without it."""

import os
from pathlib import Path

DATA = Path(os.environ.get("BAOCANG_EVAL_DATA", Path(__file__).parents[2] / "shared" / "data"))

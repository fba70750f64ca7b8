"""What all tests share."""

import os
import tempfile
from pathlib import Path

# One Prefect database for all builds of a test session: laying out a new one takes ten seconds.
_PREFECT = tempfile.mkdtemp(prefix="baocang-prefect-")
os.environ.setdefault(
    "PREFECT_SERVER_DATABASE_CONNECTION_URL", f"sqlite+aiosqlite:///{Path(_PREFECT) / 'prefect.db'}"
)
os.environ.setdefault("PREFECT_HOME", _PREFECT)

"""What all tests share."""

import os
import tempfile
from pathlib import Path

from flows.server_database import lay_out

# One Prefect database for all builds of a test session.
_PREFECT = tempfile.mkdtemp(prefix="baocang-prefect-")
lay_out(Path(_PREFECT) / "prefect.db")
os.environ.setdefault(
    "PREFECT_SERVER_DATABASE_CONNECTION_URL", f"sqlite+aiosqlite:///{Path(_PREFECT) / 'prefect.db'}"
)
os.environ.setdefault("PREFECT_HOME", _PREFECT)

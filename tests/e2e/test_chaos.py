from __future__ import annotations

import os

from tests.e2e.chaos import storm

# BAOCANG_CHAOS=20 makes it twenty times as long.
BUDGET = int(os.environ.get("BAOCANG_CHAOS", "1"))


def test_writers_killed_at_random_lose_nothing_and_readers_see_whole_snapshots(tmp_path):
    outcome = storm(tmp_path / "house", writers=3, commits=6 * BUDGET, kills=3 * BUDGET, seed=7)
    print(outcome)
    assert outcome.wrong == []
    assert outcome.reads > 10
    assert outcome.commits == 18 * BUDGET

from __future__ import annotations

import os

from tests.e2e.crash_points import sweep

# Every 12th step in the suite; BAOCANG_CRASH_STRIDE=1 tries all of them (three minutes).
STRIDE = int(os.environ.get("BAOCANG_CRASH_STRIDE", "12"))


def test_a_kill_at_any_step_leaves_a_good_snapshot_and_the_next_run_finishes(tmp_path):
    steps, wrong = sweep(tmp_path, first=1 + STRIDE // 2, stride=STRIDE)
    assert steps > 20
    assert wrong == []

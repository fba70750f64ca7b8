import time

import pytest

from tests.normalizing import NORMALIZER, as_frames

HOSTILE = {
    "spaces": " " * 300_000,
    "newlines": "\n" * 300_000,
    "one character": "中" * 100_000,
    "straight quotes": '中"' * 50_000,
    "open brackets": "《" * 50_000,
    "open brackets and quotes": '《中"' * 20_000,
    "wraps in one line": "中国人民共和国成立了，今天我 " * 20_000,
    "wrapped lines": "中国人民共和国成立了，今天我\n" * 10_000,
    "short lines": "中国人民\n" * 10_000,
    "credits": "编辑 张三\n" * 5_000,
    "roles": "编辑张三 " * 30_000,
    "names": "张三 李四 " * 30_000,
    "bylines": "本报记者" * 30_000,
    "datelines": "新华社北京2月3日电" * 20_000,
    "continuations": "（下转第三版" * 20_000,
    "invisible": "中\u200b" * 50_000,
    "nul": "\x00" * 100_000,
    "no Chinese": "The quick brown fox. " * 15_000,
    "repeats": "建设新材料产业园" * 15_000,
    "full-width": "１２" * 30_000,
    "stops": "。" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_bounded_time(name: str) -> None:
    raw = HOSTILE[name]
    NORMALIZER.read_page("云溪市召开大会，部署工作。")
    start = time.process_time()
    frames = as_frames(raw)
    assert time.process_time() - start < 20
    assert frames["blocks"]["raw_start"][0] == 0
    assert frames["blocks"]["raw_end"][-1] == len(raw)

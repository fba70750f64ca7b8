import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
USE_RE = re.compile(r"baocang ([a-z]+)|(--[a-z][a-z-]+)|'(baocang\[[a-z]+\])'")


def uses(name: str) -> set[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {found for match in USE_RE.finditer(text) for found in match.groups() if found}


def test_the_chinese_readme_says_nothing_that_the_readme_does_not() -> None:
    assert uses("README.zh-CN.md") <= uses("README.md") | {"describe"}

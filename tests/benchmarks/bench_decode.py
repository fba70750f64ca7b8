"""Decoding: ten encodings at six lengths, cut from news texts, and the files of `peer_chardet`.

Run: python -m tests.benchmarks.bench_decode [--samples 40]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

from flows.readers import text_decoder
from tests.evaluation import DATA
from transforms.ingest.model import UnreadableError

LENGTHS = (12, 25, 50, 200, 1000, 5000)
SIMPLIFIED = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312")
TRADITIONAL = ("big5", "euc-tw")


def encode(text: str, encoding: str) -> tuple[bytes, str]:
    """Bytes and the text they hold; characters that the encoding lacks are left out."""
    if encoding == "euc-tw":
        table = {char: pair for pair, char in reversed(text_decoder()._cns.items())}
        text = "".join(char for char in text if char < "\x80" or char in table)
        return b"".join(char.encode() if char < "\x80" else table[char] for char in text), text
    if encoding == "gb2312":
        # Python maps the dash and the dot of GB2312 to other characters than every other tool does.
        text = "".join(c for c in text if c in "—·" or c.encode("gb2312", "ignore"))
    codec = {"gb2312": "gb18030", "big5": "cp950"}.get(encoding, encoding)
    data = text.encode(codec, "ignore")  # and back, because Big5 has one place for two kinds of bullet
    return data, data.decode(codec)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--samples", type=int, default=40)
    arguments = parser.parse_args()
    if not DATA.exists():
        sys.exit("skipped: no evaluation data (BAOCANG_EVAL_DATA)")
    from opencc import OpenCC

    decoder, rng = text_decoder(), random.Random(7)
    paths = sorted((DATA / "news_xinwenlianbo").glob("*.md"))
    news = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    traditional = OpenCC("s2twp").convert(news[:400_000])
    right: Counter[tuple[str, int]] = Counter()
    wrong: Counter[str] = Counter()
    seconds = 0.0
    for encoding in (*SIMPLIFIED, *TRADITIONAL):
        text = traditional if encoding in TRADITIONAL else news
        for length in LENGTHS:
            for _ in range(arguments.samples):
                start = rng.randrange(len(text) - length)
                data, expected = encode(text[start : start + length], encoding)
                began = time.process_time()
                try:
                    result = decoder.decode(data)
                    got, name = result.text, result.encoding
                except UnreadableError as error:
                    got, name = "", error.reason_code
                seconds += time.process_time() - began
                if got == expected:
                    right[encoding, length] += 1
                else:
                    wrong[f"{encoding} {length} as {name}"] += 1
    print("encoding   " + "".join(f"{length:>8}" for length in LENGTHS))
    for encoding in (*SIMPLIFIED, *TRADITIONAL):
        print(f"{encoding:<11}" + "".join(f"{right[encoding, n] / arguments.samples:8.3f}" for n in LENGTHS))
    count = arguments.samples * len(LENGTHS) * (len(SIMPLIFIED) + len(TRADITIONAL))
    print(f"all {sum(right.values()) / count:.4f} of {count}; {1e3 * seconds / count:.2f} CPU-ms a text")
    print("wrong:", dict(wrong.most_common(12)))

    hits, files = 0, sorted(p for p in (DATA / "peer_chardet").glob("*/*") if p.is_file())
    family = {"GB2312": ("gb18030",), "Big5": ("big5", "big5-hkscs"), "EUC-TW": ("euc-tw",)}
    for path in files:
        hits += decoder.decode(path.read_bytes()).encoding in family[path.parent.name]
    print(f"peer_chardet {hits}/{len(files)}")


if __name__ == "__main__":
    main()

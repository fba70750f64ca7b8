"""Which encoding gives Chinese text: every candidate decodes, the most probable text wins.

No strict decoder can decide: GB18030 accepts most Big5 bytes and gives rare characters. So each candidate
is charged the improbability of every character it produces (nats, from the frequency order of Chinese
characters), and the candidate that explains the same bytes most cheaply is taken. Steps, in order:

1. the encoding that the caller names; a byte order mark; bytes that are all ASCII;
2. valid UTF-8 that is long enough not to be a coincidence;
3. the cheapest of all candidates on a sample;
4. where that one does not decode every byte, or some lines look wrong in it: line by line, so that
   files pasted together from several encodings are read, and a line that lost a byte gets back in step;
   undecodable bytes become U+FFFD.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from transforms.ingest.character_costs import (
    REPLACEMENT,
    UNLISTED_IDEOGRAPH_NATS,
    CharacterCost,
    cns_table,
    decode_euc_tw,
)
from transforms.ingest.model import UnreadableError

_ISO2022 = re.compile(rb"\x1b\$[()*+@A-C]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins the same way
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_BYTE_CANDIDATES = ("utf-8", "gb18030", "big5", "big5-hkscs", "euc-tw")
"""Encodings in which a line feed is one byte, so that lines can differ."""
_OTHER_CANDIDATES = ("utf-16-le", "utf-16-be", "shift_jis", "euc_jp", "cp949", "cp1252")
_PRIOR_NATS = {
    "utf-8": 0.0,
    "gb18030": 0.0,
    "big5": 1.0,
    "utf-16-le": 4.0,
    "utf-16-be": 5.0,
    "euc-tw": 3.0,
    "big5-hkscs": 6.0,
}
"""What an encoding must gain over the usual ones before it is believed; 8 for all others."""

_SAMPLE_BYTES = 16_384
_MAX_REPLACED_SHARE = 0.02
_UNREADABLE_NATS = 11.5
"""Mean cost of a character other than ASCII above which a text is no language: random ideographs cost 13."""
_ODD_LINE_NATS = 9.0
_RARE_SHARE = 0.04
"""Rare characters in a line above which its encoding or alignment is looked at again."""
_TWO_BYTE_ENCODINGS = ("gb18030", "big5", "big5-hkscs", "euc-tw")
_MAX_REALIGN_BYTES = 100_000
_LINE_MARGIN_NATS = 8.0


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read by.

    Attributes:
        text: The characters, less a byte order mark.
        encoding: Name of the codec; `mixed` where lines differ.
        evidence: Why that encoding, in a few words.
        replaced_count: Undecodable places, each a U+FFFD in `text`.
    """

    text: str
    encoding: str
    evidence: str
    replaced_count: int = 0


class TextDecoder:
    """Decodes bytes of unknown encoding.

    Args:
        lookups: Parsed lookups; `encodings` is used.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["encodings"]
        self._cost = CharacterCost("".join(vocabulary["frequent_characters"].split()))
        self._cns = cns_table(vocabulary["cns"])

    def decode(self, data: bytes, *, encoding: str | None = None) -> Decoded:
        """Decode a whole file.

        Args:
            data: The bytes.
            encoding: Codec to use without asking; undecodable bytes become U+FFFD.

        Returns:
            The text with the evidence for its encoding.

        Raises:
            UnreadableError: `undecodable` or `binary_content`; also for an unknown codec name.
        """
        if encoding is not None:
            text = self._apply(_known_codec(encoding), data, "replace").removeprefix("\ufeff")
            return Decoded(text, encoding, "named by the caller", text.count(REPLACEMENT))
        for mark, name in _BOMS:
            if data.startswith(mark):
                text = self._apply(name, data[len(mark) :], "replace")
                return Decoded(text, name, "byte order mark", text.count(REPLACEMENT))
        _refuse_iso2022(data)
        if (decoded := _decode_hz(data)) is not None:
            return decoded
        # ASCII with NUL is UTF-16 without a mark, or no text at all.
        if data.isascii() and b"\x00" not in data:
            return _checked(Decoded(data.decode("ascii"), "ascii", "every byte is ASCII"))
        text_utf8 = _strict(data, "utf-8")
        if text_utf8 is not None and len(data) - len(text_utf8) >= 24:
            return _checked(Decoded(text_utf8, "utf-8", "valid UTF-8"))
        return self._decode_scored(data)

    def detect(self, sample: bytes) -> str:
        """Name the encoding of a file from its first bytes, which may end inside a character.

        Args:
            sample: At least some lines; ASCII alone says nothing and gives `utf-8`.

        Returns:
            A codec name that `decode` and `decode_line` accept.

        Raises:
            UnreadableError: As `decode`.
        """
        for mark, name in _BOMS:
            if sample.startswith(mark):
                return name
        _refuse_iso2022(sample)
        if sample.isascii() and b"\x00" not in sample:
            return "utf-8"
        try:
            codecs.getincrementaldecoder("utf-8")("strict").decode(sample)
        except UnicodeDecodeError:
            return self._rank(sample)[0][0]
        return "utf-8"

    def decode_line(self, line: bytes, encoding: str) -> tuple[str, str]:
        """Decode one line of a file whose lines may differ.

        Args:
            line: Bytes without the line feed.
            encoding: Codec of the file as a whole; another one is taken where the line shows it.

        Returns:
            The text and the codec that gave it.
        """
        if line.isascii():
            return line.decode("ascii"), encoding
        text = _strict(line, "utf-8") if encoding == "utf-8" else None
        if text is not None:
            return text, "utf-8"
        name = self._best_for_line(line, encoding)
        return self._realign(line, name), name

    def _decode_scored(self, data: bytes) -> Decoded:
        ranking = self._rank(_sample(data))
        name, nats = ranking[0]
        if (
            name not in _BYTE_CANDIDATES
            and self._mean_nats(self._apply(name, data, "replace")) > _ODD_LINE_NATS
        ):
            # Chinese that lost a byte can look a little less odd as Korean, but it can be mended.
            chinese = next(candidate for candidate, _ in ranking if candidate in _BYTE_CANDIDATES)
            with suppress(UnreadableError):
                return self._decode_by_line(data, chinese)
        text = self._apply(name, data, "replace")
        replaced = text.count(REPLACEMENT)
        if name in _BYTE_CANDIDATES and (replaced or self._has_odd_line(text)):
            by_line = self._decode_by_line(data, name)
            if by_line.text != text:
                return by_line
        if replaced > max(2, _MAX_REPLACED_SHARE * len(text)):
            if name in _BYTE_CANDIDATES:
                return self._decode_by_line(data, name)
            raise UnreadableError(
                "undecodable", f"{replaced} of {len(text)} characters cannot be decoded; best guess {name}"
            )
        mean = self._mean_nats(text)
        letters = sum(char.isascii() for char in text)
        if mean > _UNREADABLE_NATS or (name == "cp1252" and letters < 0.5 * len(text)):
            raise UnreadableError("undecodable", f"no encoding gives readable text; best guess {name}")
        evidence = f"most probable text ({mean:.1f} nats a character"
        if len(ranking) > 1:
            evidence += f"; next {ranking[1][0]}, {ranking[1][1] - nats:+.0f} nats in all"
        return _checked(Decoded(text, name, evidence + ")", replaced))

    def _decode_by_line(self, data: bytes, default: str) -> Decoded:
        parts: list[str] = []
        lines_by_encoding: Counter[str] = Counter()
        name = default
        for line in data.splitlines(keepends=True) if b"\n" not in data else _keep_lines(data):
            if line.isascii():
                parts.append(line.decode("ascii"))
                continue
            name = self._best_for_line(line, name)
            lines_by_encoding[name] += 1
            parts.append(self._realign(line, name))
        text = "".join(parts)
        replaced = text.count(REPLACEMENT)
        if replaced > max(2, _MAX_REPLACED_SHARE * len(text)):
            raise UnreadableError(
                "undecodable",
                f"{replaced} of {len(text)} characters cannot be decoded; best guess {default}",
            )
        if self._mean_nats(text) > _UNREADABLE_NATS:
            raise UnreadableError("undecodable", f"no encoding gives readable text; best guess {default}")
        counts = ", ".join(f"{n} {count}" for n, count in lines_by_encoding.most_common())
        encoding = next(iter(lines_by_encoding)) if len(lines_by_encoding) == 1 else "mixed"
        return _checked(Decoded(text, encoding, f"lines by encoding: {counts}", replaced))

    def _best_for_line(self, line: bytes, default: str) -> str:
        """The default, unless another candidate explains the line better by a clear margin."""
        best, best_nats = default, self._total_nats(self._apply(default, line, "replace")) - _LINE_MARGIN_NATS
        for name in _BYTE_CANDIDATES:
            if name == default:
                continue
            nats = self._total_nats(self._apply(name, line, "replace")) + _PRIOR_NATS.get(name, 8.0)
            if nats < best_nats:
                best, best_nats = name, nats
        return best

    def _has_odd_line(self, text: str) -> bool:
        return any(self._is_odd(line) for line in text.split("\n") if not line.isascii())

    def _is_odd(self, line: str) -> bool:
        """Whether characters are so rare, or rare ones so close together, that something is wrong."""
        if REPLACEMENT in line:
            return True
        costs = [self._cost[char] for char in line if not char.isascii()]
        rare = sum(cost >= UNLISTED_IDEOGRAPH_NATS for cost in costs)
        return math.fsum(costs) > _ODD_LINE_NATS * len(costs) or (
            rare >= 3 and rare > _RARE_SHARE * len(costs)
        )

    def _realign(self, line: bytes, name: str) -> str:
        """Decode a line of a two-byte encoding, back in step after a lost or a stray byte.

        One lost byte turns the rest of the line into rare characters. The cheapest way through the bytes,
        in which a byte may stand alone as U+FFFD, finds the place.
        """
        text = self._apply(name, line, "replace")
        if name not in _TWO_BYTE_ENCODINGS or len(line) > _MAX_REALIGN_BYTES or not self._is_odd(text):
            return text
        best = [0.0] + [math.inf] * len(line)
        step: list[tuple[int, str]] = [(0, "")] * (len(line) + 1)
        for start, nats in enumerate(best):  # `best` is filled ahead of this loop
            for width, char in self._units(line, start, name):
                total = nats + self._cost[char]
                if total < best[start + width]:
                    best[start + width], step[start + width] = total, (width, char)
        if best[-1] > self._total_nats(text) - _LINE_MARGIN_NATS:
            return text
        chars, end = [], len(line)
        while end:
            width, char = step[end]
            chars.append(char)
            end -= width
        return "".join(reversed(chars))

    def _units(self, line: bytes, start: int, name: str) -> Iterator[tuple[int, str]]:
        if start == len(line):
            return
        if line[start] < 0x80:
            yield 1, chr(line[start])
            return
        yield 1, REPLACEMENT
        for width in (2, 4):
            unit = line[start : start + width]
            char = self._apply(name, unit, "ignore")
            if len(unit) == width and len(char) == 1 and char != REPLACEMENT and not char.isascii():
                yield width, char

    def _rank(self, sample: bytes) -> list[tuple[str, float]]:
        """Candidates with their total cost in nats, cheapest first."""
        names = [*_BYTE_CANDIDATES, *_OTHER_CANDIDATES]
        ranked = []
        for name in names:
            if name.startswith("utf-16") and len(sample) % 2:
                continue
            text = self._apply(name, sample, "replace")
            ranked.append((name, self._total_nats(text) + _PRIOR_NATS.get(name, 8.0)))
        return sorted(ranked, key=lambda pair: pair[1])

    def _total_nats(self, text: str) -> float:
        cost = self._cost
        return math.fsum(cost[char] * count for char, count in Counter(text).items())

    def _mean_nats(self, text: str) -> float:
        counts = Counter(text)
        pairs = [(char, count) for char, count in counts.items() if not char.isascii()]
        total = sum(count for _, count in pairs)
        return math.fsum(self._cost[char] * count for char, count in pairs) / total if total else 0.0

    def _apply(self, name: str, data: bytes, errors: str) -> str:
        if name == "euc-tw":
            return decode_euc_tw(data, self._cns)
        # Python's own "big5" lacks the symbols that Windows and the web add to it.
        return data.decode("cp950" if name == "big5" else name, errors)


def _known_codec(name: str) -> str:
    lowered = name.lower().replace("_", "-")
    if lowered in ("euc-tw", "euctw"):
        return "euc-tw"
    if lowered in ("gb2312", "gbk", "cp936"):
        return "gb18030"  # their superset, which also has the dash and the dot as newspapers write them
    if lowered in ("big5", "cp950"):
        return "big5"
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise UnreadableError(
            "undecodable", f"unknown encoding {name!r}; known are utf-8, gb18030, big5, euc-tw, utf-16 ..."
        ) from None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _sample(data: bytes) -> bytes:
    """The first lines that are not ASCII, cut at an even offset so that UTF-16 stays in step."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    first = next((m.start() for m in re.finditer(rb"[\x80-\xff]", data)), 0)
    start = data.rfind(b"\n", 0, first) + 1
    if b"\x00" in data[:_SAMPLE_BYTES] or start % 2:
        start = first - first % 2 if b"\x00" in data[:_SAMPLE_BYTES] else start
    end = data.rfind(b"\n", start, start + _SAMPLE_BYTES)
    end = end if end > start + _SAMPLE_BYTES // 2 else start + _SAMPLE_BYTES
    return data[start : end - (end - start) % 2]


def _keep_lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _is_nearly_ascii(data: bytes) -> bool:
    return 100 * len(data.translate(None, bytes(range(128)))) <= len(data)


def _refuse_iso2022(data: bytes) -> None:
    if _ISO2022.search(data) and _is_nearly_ascii(data):
        raise UnreadableError(
            "undecodable", "ISO-2022 escape sequences: save as UTF-8, as iconv -f ISO-2022-CN -t UTF-8 does"
        )


def _decode_hz(data: bytes) -> Decoded | None:
    """HZ is ASCII that switches to GB2312 with `~{`; a damaged byte costs what follows it in its group."""
    if b"~{" not in data or not _is_nearly_ascii(data):
        return None
    text = data.decode("hz", "replace")
    lost = text.count(REPLACEMENT)
    if 10 * lost >= sum("\u4e00" <= char <= "\u9fff" for char in text):
        return None
    return _checked(Decoded(text, "hz", "HZ escape sequences", lost))


def _checked(decoded: Decoded) -> Decoded:
    # NUL and its kin never stand in a text; a few stray ones do come out of old typesetting systems.
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", decoded.text))
    if controls > max(2, _MAX_REPLACED_SHARE * len(decoded.text)):
        raise UnreadableError(
            "binary_content", f"{controls} control characters among {len(decoded.text)}: this is no text"
        )
    return decoded

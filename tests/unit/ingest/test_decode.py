import pytest

from flows.readers import text_decoder
from transforms.ingest.model import UnreadableError

SIMPLIFIED = "海州市昨日召开会议，研究部署今年春季植树造林工作。"
TRADITIONAL = "海州市昨日召開會議，研究部署今年春季植樹造林工作。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16-le", "utf-16-be", "hz"])
def test_decode_finds_simplified(encoding: str) -> None:
    assert text_decoder().decode(SIMPLIFIED.encode(encoding)).text == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_decode_finds_traditional(encoding: str) -> None:
    decoded = text_decoder().decode(TRADITIONAL.encode(encoding))
    assert decoded.text == TRADITIONAL
    assert decoded.encoding == "big5"


def test_decode_reads_euc_tw() -> None:
    # CNS 11643 plane 1: 中華民國台灣省, written out because Python has no such codec.
    data = bytes.fromhex("c4e3e1dec6e1d9cfc6bafda4d2dc")
    decoded = text_decoder().decode(data, encoding="EUC-TW")
    assert decoded.text == "中華民國台灣省"


def test_decode_takes_dash_and_dot_as_newspapers_write_them() -> None:
    assert (
        text_decoder().decode(b"\xb5\xda\xd2\xbb\xa1\xaa\xa1\xaa\xb5\xda\xb6\xfe\xa1\xa4").text
        == "第一——第二·"
    )


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_decode_drops_byte_order_mark(mark: str) -> None:
    assert text_decoder().decode(SIMPLIFIED.encode(mark)).text == SIMPLIFIED


def test_decode_reads_lines_of_different_encodings() -> None:
    data = b"\n".join([SIMPLIFIED.encode("gbk"), SIMPLIFIED.encode("utf-8"), TRADITIONAL.encode("big5")])
    decoded = text_decoder().decode(data)
    assert decoded.text == f"{SIMPLIFIED}\n{SIMPLIFIED}\n{TRADITIONAL}"
    assert decoded.encoding == "mixed"


def test_decode_gets_back_in_step_after_lost_byte() -> None:
    data = (SIMPLIFIED * 3).encode("gbk")
    decoded = text_decoder().decode(data[:11] + data[12:])
    assert decoded.text.endswith(SIMPLIFIED * 2)
    assert 1 <= decoded.replaced_count <= 2


def test_decode_marks_bad_byte_and_keeps_the_rest() -> None:
    data = (SIMPLIFIED * 4).encode()
    decoded = text_decoder().decode(data[:30] + b"\xff" + data[30:])
    assert decoded.text.replace("\ufffd", "") == SIMPLIFIED * 4
    assert decoded.encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(1000), "binary_content"),
        (bytes(range(128, 255)) * 40, "undecodable"),
        (b"\xff" * 99, "undecodable"),
    ],
)
def test_decode_refuses_what_is_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        text_decoder().decode(data)
    assert caught.value.reason_code == reason


def test_decode_refuses_unknown_name() -> None:
    with pytest.raises(UnreadableError, match="unknown encoding 'gb-18030-2'"):
        text_decoder().decode(b"x", encoding="gb-18030-2")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("instead", [b"\xff", b""])
def test_decode_loses_no_more_than_what_is_damaged(encoding: str, instead: bytes) -> None:
    lines = [f"第{number}条　{SIMPLIFIED}" for number in range(20)]
    data = "\n".join(lines).encode(encoding)
    decoded = text_decoder().decode(data[:400] + instead + data[401:])
    assert decoded.encoding == encoding
    assert sum(line in lines for line in decoded.text.split("\n")) == 19


def test_decode_reads_hz_with_a_damaged_byte() -> None:
    data = "\n".join([SIMPLIFIED] * 5).encode("hz")
    for damaged in (data.replace(b"~}", b"~\xff", 1), data[:40] + data[41:]):
        decoded = text_decoder().decode(damaged)
        assert decoded.encoding == "hz"
        assert decoded.text.count(SIMPLIFIED) >= 3


def test_decode_names_iso_2022() -> None:
    with pytest.raises(UnreadableError, match="iconv -f ISO-2022-CN") as caught:
        text_decoder().decode(b"\x1b$)A\x0e" + bytes(b & 0x7F for b in "海州市".encode("gb2312")) + b"\x0f")
    assert caught.value.reason_code == "undecodable"

from datetime import date

import pytest

from transforms.ingest.metadata import match_sidecar, parse_date, read_file_name, read_sidecar_row
from transforms.ingest.model import UnreadableError


@pytest.mark.parametrize(
    ("name", "day", "publication", "label"),
    [
        ("2023-02-24-A03.pdf", date(2023, 2, 24), None, "A03"),
        ("20230224_A03.txt", date(2023, 2, 24), None, "A03"),
        ("海州日报20230224第3版.txt", date(2023, 2, 24), "海州日报", "3"),
        ("html/2023-02/24/content_123.htm", date(2023, 2, 24), None, None),
        ("nw.D110000hzrb_20230224_1-03.htm", date(2023, 2, 24), None, "03"),
        ("海州晚报-2023年2月4日-第二版.pdf", date(2023, 2, 4), "海州晚报", "二"),
        ("海州时报/2023-02-24/07.txt", date(2023, 2, 24), "海州时报", "07"),
        ("2023/02/24/A05.txt", date(2023, 2, 24), None, "A05"),
        ("A03.txt", None, None, "A03"),
        ("IMG_20230224_123456.jpg", None, None, None),
        ("微信图片_20230224123456.jpg", None, None, None),
        ("Scan_20230224.pdf", None, None, None),
        ("2023-02-23/扫描件 2023-02-24 A03.pdf", date(2023, 2, 23), None, "A03"),
        ("海州日报扫描20230224.pdf", date(2023, 2, 24), "海州日报", None),
        ("20231345.txt", None, None, None),
        ("page1.txt", None, None, None),
        ("20230224A3.pdf", date(2023, 2, 24), None, "A3"),
        ("海州日报20230224A3.pdf", date(2023, 2, 24), "海州日报", "A3"),
        ("hzrb20230224a03.pdf", date(2023, 2, 24), None, "A03"),
        ("rmrb2023022403.pdf", date(2023, 2, 24), None, "03"),
        ("2023年2月24日03版.txt", date(2023, 2, 24), None, "03"),
        ("2023年2月24日A3-A4版.txt", date(2023, 2, 24), None, "A3"),
        ("2023年/02月24日/03.txt", date(2023, 2, 24), None, "03"),
        ("2023/0224/03.txt", date(2023, 2, 24), None, "03"),
        ("2023-02/24/node_A3.htm", date(2023, 2, 24), None, "A3"),
        ("2023-02/24/node_1083.htm", date(2023, 2, 24), None, None),
        ("2023-02-24/03/01.txt", date(2023, 2, 24), None, "03"),
        ("nbs.D110000_01", None, None, "01"),
        ("html/2023-02/24/nbs.D110000hzrb_01.htm", date(2023, 2, 24), None, "01"),
        ("2023-2-4.txt", date(2023, 2, 4), None, None),
        ("2023.2.24", date(2023, 2, 24), None, None),
        ("20230224-P03.pdf", date(2023, 2, 24), None, "03"),
        ("20230224 (1).pdf", date(2023, 2, 24), None, None),
        ("20230224_12345.pdf", date(2023, 2, 24), None, None),
        ("2023-02-24 10.11.12.png", None, None, None),
        ("屏幕截图 2023-02-24 101112.png", None, None, None),
        ("v1.2.3.txt", None, None, None),
        ("报告v2023.2.24.docx", None, None, None),
        ("电话13820230224.txt", None, None, None),
        ("热线0533-20230224.txt", None, None, None),
        ("订单2023022412345.txt", None, None, None),
        ("2023年1-2月.txt", None, None, None),
        ("1-3版.txt", None, None, "1"),
    ],
)
def test_read_file_name(name: str, day: date | None, publication: str | None, label: str | None) -> None:
    meta = read_file_name(name)
    assert (meta.issue_on, meta.publication, meta.page_label) == (day, publication, label)
    assert meta.issue_on_source == ("file_name" if day else None)


@pytest.mark.parametrize(
    "value",
    [
        "2023-02-24T08:00:00+08:00",
        "2023/2/24",
        "20230224",
        "2023年2月24日",
        "2023.2.24 10:11",
        20230224,
        date(2023, 2, 24),
    ],
)
def test_parse_date_reads(value: object) -> None:
    assert parse_date(value) == date(2023, 2, 24)


@pytest.mark.parametrize(
    "value", ["2023-13-01", "2023-02", "Feb 2023", "", None, True, 3.5, [], "0024-01-01"]
)
def test_parse_date_leaves(value: object) -> None:
    assert parse_date(value) is None


def test_sidecar_earlier_row_goes_first() -> None:
    rows = [
        read_sidecar_row({"file": "a*.txt", "issue_on": "2023-02-24"}),
        read_sidecar_row({"file": "*", "issue_on": "2020-01-01", "publication": "海州日报"}),
    ]
    meta = match_sidecar(rows, "in/a1.txt")
    assert (meta.issue_on, meta.issue_on_source, meta.publication) == (
        date(2023, 2, 24),
        "sidecar",
        "海州日报",
    )


@pytest.mark.parametrize("row", [{}, {"file": "a", "issue_on": "soon"}, {"file": "a", "issue": "2020-01-01"}])
def test_sidecar_row_that_cannot_be_used(row: dict[str, str]) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_sidecar_row(row)
    assert caught.value.reason_code == "invalid_sidecar"

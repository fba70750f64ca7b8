"""The options of a build: the form in the Prefect UI and the command line are both made from this model."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class WarehouseOptions(BaseModel):
    """Which warehouse."""

    model_config = ConfigDict(extra="forbid", title="Warehouse")

    warehouse: Annotated[
        Path, Field(title="Warehouse", description="Folder that the tables are published in. 数据仓库目录。")
    ] = Path("warehouse/data")


class ReadingOptions(WarehouseOptions):
    """How pages are read, whichever they are."""

    publication: Annotated[
        str | None, Field(title="Newspaper", description="Name of the newspaper. 报纸名称。")
    ] = None
    page_label: Annotated[
        str | None, Field(title="Page", description="The paper's own page number, as A03. 版次。")
    ] = None
    encoding: Annotated[
        str | None,
        Field(title="Encoding", description="Of text and records, instead of finding it out. 文本编码。"),
    ] = None
    text_field: Annotated[
        str, Field(title="Field of the text", description="In JSONL, CSV and Parquet. 正文字段名。")
    ] = "text"
    title_field: Annotated[
        str, Field(title="Field of the headline", description="In JSONL, CSV and Parquet. 标题字段名。")
    ] = "title"
    id_field: Annotated[
        str, Field(title="Field of the key", description="In JSONL, CSV and Parquet. 编号字段名。")
    ] = "id"
    date_field: Annotated[
        str, Field(title="Field of the day", description="In JSONL, CSV and Parquet. 日期字段名。")
    ] = "published_on"
    publication_field: Annotated[
        str, Field(title="Field of the newspaper", description="In JSONL, CSV and Parquet. 报纸字段名。")
    ] = "publication"
    workers: Annotated[
        int, Field(ge=1, le=64, title="Workers", description="Processes that read pages. 并行进程数。")
    ] = 1
    engine: Annotated[
        Literal["lac", "jieba"],
        Field(title="Recognition", description="`lac` is the network that jieba ships. 识别引擎。"),
    ] = "lac"
    profile: Annotated[
        Literal["default", "flat"],
        Field(
            title="Guideline",
            description="`flat` marks names as the MSRA and People's Daily corpora do. 标注规范。",
        ),
    ] = "default"
    patches: Annotated[
        Path | None,
        Field(
            title="Patch file",
            description="YAML with names to add, drop, retype, merge or call otherwise. 人工修正文件。",
        ),
    ] = None
    user_dict: Annotated[
        Path | None,
        Field(
            title="User dictionary",
            description="Words in jieba's format; those tagged nr, ns or nt become names. 用户词典。",
        ),
    ] = None
    simplify: Annotated[
        bool,
        Field(title="Traditional to simplified", description="Recorded as edits. 繁体转简体。"),
    ] = False
    quarantine: Annotated[
        bool,
        Field(
            title="Quarantine",
            description="Leave out documents whose rows fail a check and publish the rest. 隔离问题文件。",
        ),
    ] = False


# A form shows the fields of the last base first: what has to be filled in stands above what may be.
class _Sources(BaseModel):
    sources: Annotated[
        list[str],
        Field(
            min_length=1,
            title="Sources",
            description="Files, folders or globs with newspaper pages. 版面文件、文件夹或通配符。",
            examples=[["seeds/pages"]],
        ),
    ]
    issue_on: Annotated[
        date | None,
        Field(
            title="Day of issue",
            description="Reference for 今天 and 2月23日. 出版日期；不填则年份留空。",
        ),
    ] = None


class BuildOptions(ReadingOptions, _Sources):
    """What to build from, and what is known about it."""

    model_config = ConfigDict(extra="forbid", title="Build")

    full_refresh: Annotated[
        bool,
        Field(title="Full refresh", description="Read sources again that have not changed. 全部重读。"),
    ] = False
    dry_run: Annotated[
        bool,
        Field(title="Dry run", description="Show which rows would change, publish nothing. 只看变化。"),
    ] = False


class _Inbox(BaseModel):
    inbox: Annotated[
        Path, Field(title="Inbox", description="Folder that new pages are put into. 收件箱目录。")
    ] = Path("warehouse/inbox")


class InboxOptions(ReadingOptions, _Inbox):
    """Which inbox, and what is known about its pages."""

    model_config = ConfigDict(extra="forbid", title="Inbox")


class _Days(BaseModel):
    start_on: Annotated[date, Field(title="First day", description="First day of issue. 起始日期。")]
    end_on: Annotated[date, Field(title="Last day", description="Last day of issue. 结束日期。")]


class BackfillOptions(InboxOptions, _Days):
    """Which days are built again."""

    model_config = ConfigDict(extra="forbid", title="Backfill")


class PruneOptions(WarehouseOptions):
    """Which snapshots stay."""

    model_config = ConfigDict(extra="forbid", title="Prune")

    keep: Annotated[
        int, Field(ge=1, title="Snapshots to keep", description="Newest snapshots that stay. 保留数量。")
    ] = 10
    older_than_hours: Annotated[
        int,
        Field(
            ge=1,
            title="Age",
            description="Only what is older goes, so that running work stays. 只清理早于此的文件。",
        ),
    ] = 24

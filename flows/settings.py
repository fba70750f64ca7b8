"""Settings of a deployment: read once from the environment (`BAOCANG_*`) and passed down."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from transforms.ingest.model import Limits

PAGES = {"report": Path("report"), "checks": Path("docs/checks")}
"""Name in the address to folder in the warehouse. Nothing else of the warehouse is served."""


class Settings(BaseSettings):
    """What a site decides once, beside the options of a single build."""

    model_config = SettingsConfigDict(env_prefix="BAOCANG_")

    warehouse: Path = Field(Path("warehouse/data"), description="Folder of the warehouse.")
    inbox: Path = Field(Path("warehouse/inbox"), description="Folder that the nightly run builds.")
    cron: str = Field("0 2 * * *", description="When the nightly run starts.")
    timezone: str = Field("Asia/Shanghai", description="Time zone of the schedule.")
    webhook_url: str | None = Field(None, description="Where failures are posted to.")
    batch_bytes: int = Field(8_000_000, ge=1, description="Source bytes read by one ingest task.")
    part_chars: int = Field(1_000_000, ge=1, description="Characters normalised and extracted in one task.")
    limits: Limits = Field(Limits(), description="How much a source may ask for, a JSON object; REJECTS.md.")
    data_docs: bool = Field(False, description="Write pages of the checks; `serve` does unless told not to.")
    report: bool = Field(False, description="Write the report of what is published; `serve` does as above.")
    pages_url: str | None = Field(None, description="Where report and checks are served; `serve` says it.")
    runs_folder: Path | None = Field(None, description="Where runs leave their marks; set for them.")

    def docs_folder(self, warehouse: Path) -> Path | None:
        """Where the pages of the checks go; none where they are not wanted."""
        return warehouse / PAGES["checks"] if self.data_docs else None

"""Tables about the runs themselves: what ran, what was checked, what was refused."""

from warehouse.schema import Table

RUNS = Table(
    name="runs",
    layer="meta",
    grain="One row per run that published.",
    columns=(
        "run_id", "state", "started_at", "ended_at", "code_version", "settings", "source_uris",
        "source_count", "document_count", "reject_count",
    ),
    primary_key=("run_id",),
    nullable=("ended_at",),
    computed="Written by the flow with the snapshot that the run published.",
)  # fmt: skip

CHECKS = Table(
    name="checks",
    layer="meta",
    grain="One row per check of a run.",
    columns=(
        "check_id", "run_id", "table_name", "column_name", "expectation", "severity", "is_success",
        "row_count", "unexpected_count", "failing_keys", "message",
    ),
    primary_key=("check_id",),
    foreign_keys={"run_id": "runs"},
    nullable=("column_name", "message"),
    computed="Great Expectations over the staged tables, before publishing.",
)  # fmt: skip

REJECTS = Table(
    name="rejects",
    layer="meta",
    grain="One row per input or row that a run refused.",
    columns=("reject_id", "run_id", "uri", "line_number", "table_name", "reason_code", "message", "excerpt"),
    primary_key=("reject_id",),
    foreign_keys={"run_id": "runs"},
    nullable=("line_number", "table_name", "excerpt"),
    computed="Every input byte is in `documents` or here, with its reason.",
)

SOURCES = Table(
    name="sources",
    layer="meta",
    grain="One row per source and run that read, refused or withdrew it; the last row of a uri holds.",
    columns=(
        "uri", "run_id", "content_sha256", "byte_count", "modified_ns", "source_state", "document_ids",
        "source_meta", "ingest_fingerprint", "normalize_fingerprint", "extract_fingerprint",
    ),
    primary_key=("uri", "run_id"),
    foreign_keys={"run_id": "runs"},
    nullable=("modified_ns",),
    computed="Written by the flow. Its bytes are kept in `<warehouse>/sources`.",
    warnings=("A row stands for the whole file; an archive or a file of records holds many documents.",),
)  # fmt: skip

TABLES = (RUNS, CHECKS, REJECTS, SOURCES)

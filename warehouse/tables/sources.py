"""Tables of the ingest step: documents, pages and the lines of a layout."""

from warehouse.schema import Table

DOCUMENTS = Table(
    name="documents",
    layer="core",
    grain="One row per document: a file, an archive member or a record.",
    columns=(
        "document_id", "external_id", "uri", "media_type", "encoding", "encoding_evidence", "byte_count",
        "content_sha256", "layout", "page_count", "title", "publication", "page_label", "issue_on",
        "issue_on_source", "first_run_id",
    ),
    primary_key=("document_id",),
    nullable=(
        "external_id", "encoding", "encoding_evidence", "title", "publication", "page_label", "issue_on",
        "issue_on_source",
    ),
    computed="Decoded or parsed from the source bytes; the id is a hash of the content, never of the path.",
)  # fmt: skip

PAGES = Table(
    name="pages",
    layer="core",
    grain="One row per page of a document; a text file or record has one.",
    columns=("page_id", "document_id", "page_number", "raw_text", "method", "width", "height"),
    primary_key=("page_id",),
    foreign_keys={"document_id": "documents"},
    nullable=("width", "height"),
    computed="The text as it came. All raw offsets of all tables point into `raw_text`.",
)

LINES = Table(
    name="lines",
    layer="core",
    grain="One row per printed line of a page whose format knows lines (PDF, scan, HTML, DOCX, record).",
    columns=(
        "page_id", "document_id", "ordinal", "raw_start", "raw_end", "block", "hint", "x0", "y0", "x1", "y1",
        "font_size", "confidence_share",
    ),
    primary_key=("page_id", "ordinal"),
    foreign_keys={"document_id": "documents", "page_id": "pages"},
    nullable=("hint", "x0", "y0", "x1", "y1", "font_size", "confidence_share"),
    computed="Geometry of the page, in reading order. Empty for plain text.",
)  # fmt: skip

TABLES = (DOCUMENTS, PAGES, LINES)

"""Tables of the normalize step: what stands on the page, and what was repaired."""

from warehouse.schema import Table

_PAGE = {"document_id": "documents", "page_id": "pages"}
_ARTICLE = {**_PAGE, "article_id": "articles"}

BLOCKS = Table(
    name="blocks",
    layer="core",
    grain="One row per block of a page; every character of a page is in exactly one.",
    columns=(
        "block_id", "page_id", "document_id", "article_id", "ordinal", "block_type", "block_subtype", "text",
        "raw_start", "raw_end",
    ),
    primary_key=("block_id",),
    foreign_keys=_ARTICLE,
    nullable=("article_id", "block_subtype"),
    computed="Cut at paragraph ends and typed by form, place and vocabulary; furniture has no article.",
    sort_by=("page_id", "ordinal"),
)  # fmt: skip

EDITS = Table(
    name="edits",
    layer="core",
    grain="One row per change from the raw to the normalised text of a page.",
    columns=(
        "page_id", "document_id", "ordinal", "raw_start", "raw_end", "original", "replacement", "rule",
    ),
    primary_key=("page_id", "ordinal"),
    foreign_keys=_PAGE,
    computed="Applied to the raw text they give the normalised text; backwards, the raw text.",
)  # fmt: skip

DAMAGE = Table(
    name="damage",
    layer="core",
    grain="One row per spot where the text is damaged and not repaired.",
    columns=(
        "damage_id", "page_id", "document_id", "article_id", "damage_type", "surface_text", "suggestion",
        "raw_start", "raw_end",
    ),
    primary_key=("damage_id",),
    foreign_keys=_ARTICLE,
    nullable=("article_id", "suggestion"),
    computed="Found by form: what cannot be repaired with good evidence is reported, not guessed.",
    warnings=("machine_extracted",),
)  # fmt: skip

ARTICLES = Table(
    name="articles",
    layer="core",
    grain="One row per article of a page.",
    columns=(
        "article_id", "document_id", "page_id", "ordinal", "kicker", "headline", "subtitle", "byline",
        "dateline_text", "dateline_place", "dateline_on", "published_on", "is_continued", "text",
        "duplicate_of", "raw_start", "raw_end",
    ),
    primary_key=("article_id",),
    foreign_keys={**_PAGE, "duplicate_of": "articles"},
    nullable=(
        "kicker", "headline", "subtitle", "byline", "dateline_text", "dateline_place", "dateline_on",
        "published_on", "duplicate_of",
    ),
    computed="`text` is the body alone, a paragraph a line; heads, captions and credits stand in `blocks`.",
)  # fmt: skip

CREDITS = Table(
    name="credits",
    layer="core",
    grain="One row per staff member named in a credit line, byline or dateline.",
    columns=(
        "credit_id", "page_id", "document_id", "article_id", "role", "name", "raw_start", "raw_end",
    ),
    primary_key=("credit_id",),
    foreign_keys=_ARTICLE,
    nullable=("article_id",),
    computed="Staff role words of `seeds/lookups` followed by names.",
)  # fmt: skip

SENTENCES = Table(
    name="sentences",
    layer="core",
    grain="One row per sentence of an article's text.",
    columns=(
        "sentence_id", "article_id", "document_id", "page_id", "ordinal", "text", "start_char", "end_char",
        "raw_start", "raw_end",
    ),
    primary_key=("sentence_id",),
    foreign_keys=_ARTICLE,
    computed="Split at Chinese sentence ends; closing quotes and brackets stay with their sentence.",
    sort_by=("article_id", "ordinal"),
)  # fmt: skip

ALIGNMENTS = Table(
    name="alignments",
    layer="core",
    grain="One row per run of characters of an article's text at a constant distance from the raw text.",
    columns=("article_id", "document_id", "start_char", "end_char", "raw_start", "raw_end"),
    primary_key=("article_id", "start_char"),
    foreign_keys={"document_id": "documents", "article_id": "articles"},
    computed="From `edits`; maps any span of `articles.text` to `pages.raw_text`.",
)

TABLES = (BLOCKS, EDITS, DAMAGE, ARTICLES, CREDITS, SENTENCES, ALIGNMENTS)

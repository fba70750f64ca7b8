"""Every column once: dtype, unit, meaning, bounds and vocabulary.

A column has the same meaning and dtype in every table that lists it. Tables are in `warehouse.tables`.
"""

from __future__ import annotations

import polars as pl

from warehouse.schema import Column

_ID = r"^[0-9a-f]{16}$"
_TEXT = pl.String()
_INT = pl.Int64()
_FLOAT = pl.Float64()
_BOOL = pl.Boolean()
_DATE = pl.Date()
_TIME = pl.Datetime("us", "UTC")
_TEXTS = pl.List(pl.String())


def _id(name: str, description: str) -> Column:
    return Column(name=name, dtype=_TEXT, description=description, pattern=_ID)


def _text(name: str, description: str, *, vocabulary: tuple[str, ...] = (), pattern: str = "") -> Column:
    return Column(name=name, dtype=_TEXT, description=description, vocabulary=vocabulary, pattern=pattern)


def _count(name: str, description: str, *, minimum: float = 0, unit: str = "") -> Column:
    return Column(name=name, dtype=_INT, description=description, minimum=minimum, unit=unit)


def _number(
    name: str,
    description: str,
    *,
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
) -> Column:
    return Column(
        name=name, dtype=_FLOAT, description=description, unit=unit, minimum=minimum, maximum=maximum
    )


def _flag(name: str, description: str) -> Column:
    return Column(name=name, dtype=_BOOL, description=description)


def _date(name: str, description: str) -> Column:
    return Column(name=name, dtype=_DATE, description=description)


def _texts(name: str, description: str) -> Column:
    return Column(name=name, dtype=_TEXTS, description=description)


_IDENTIFIERS = (
    _id("document_id", "The document: one source file, archive member or record, by its content."),
    _id("page_id", "The page of the document whose raw text the offsets point into."),
    _id("article_id", "The article."),
    _id("block_id", "The block of a page."),
    _id("sentence_id", "The sentence."),
    _id("damage_id", "The spot of damaged text."),
    _id("credit_id", "The staff credit."),
    _id("mention_id", "The mention: one span of text that names an entity."),
    _id("parent_mention_id", "The longer mention that this one is nested in, such as a firm's name."),
    _id("entity_id", "The entity that the text names."),
    _id("date_id", "The date expression."),
    _id("quantity_id", "The quantity."),
    _id("role_id", "The role: a person's title at an organization."),
    _id("person_id", "The entity of the person."),
    _id("person_mention_id", "The mention of the person."),
    _id("organization_id", "The entity of the organization."),
    _id("organization_mention_id", "The mention of the organization."),
    _id("quotation_id", "The quotation."),
    _id("speaker_id", "The entity of the speaker; null where the text does not say."),
    _id("speaker_mention_id", "The mention of the speaker."),
    _id("deal_id", "The deal: an agreement, project, laboratory, centre, investment or partnership."),
    _id("parent_deal_id", "The deal that this one is a phase or part of."),
    _id("same_as_deal_id", "The first deal that tells the same thing in another article."),
    _id("signatory_mention_id", "The mention of the person who signed for the party."),
    _id("place_mention_id", "The mention of the place."),
    _id("signatory_id", "The entity of the person who signed for the party."),
    _id("place_id", "The entity of the place."),
    _id("duplicate_of", "The article that this one repeats exactly or nearly."),
    _id("run_id", "The run."),
    _id("first_run_id", "The run that first published the document."),
    _id("check_id", "The check of the run."),
    _id("reject_id", "The refused input or row."),
    _id("entity_daily_id", "The entity and day."),
    _id("entity_pair_id", "The pair of entities."),
    _id("left_entity_id", "The entity of the pair whose id sorts first."),
    _id("right_entity_id", "The entity of the pair whose id sorts second."),
    _id("deal_flow_id", "The flow: origin, target, sector, stage and month."),
    _id("place_activity_id", "The place and month."),
    _id("sector_activity_id", "The sector, stage, month and currency."),
)

_OFFSETS = (
    _count("raw_start", "First character in `pages.raw_text`.", unit="code points"),
    _count("raw_end", "Character after the last in `pages.raw_text`.", unit="code points"),
    _count("start_char", "First character in `articles.text`.", unit="code points"),
    _count("end_char", "Character after the last in `articles.text`.", unit="code points"),
    _count("ordinal", "Position in reading order, from 0."),
    _text("surface_text", "The words of the normalised text that the row was read from."),
    _text("rule", "The rule or engine that made the row."),
    Column(
        name="confidence_share",
        dtype=_FLOAT,
        description=(
            "How sure the reading is. In `deals` the share of such rows that readers of test pages list, by "
            "counted weights; elsewhere comparable within one rule only. Null where it has none."
        ),
        minimum=0,
        maximum=1,
    ),
)

BLOCK_TYPES = ("kicker", "headline", "subtitle", "byline", "credit", "caption", "body", "furniture")

_SOURCES = (
    _text("external_id", "The record's own identifier (`id` of the source)."),
    _text("uri", "Where the bytes came from: path, `path!member` of an archive, `path#id` of a record."),
    _text("media_type", "Media type of the source, such as `text/plain`."),
    _text("encoding", "Character encoding that the text was decoded with."),
    _text("encoding_evidence", "Why this encoding was chosen."),
    _count("byte_count", "Size of the source.", unit="bytes"),
    _text("content_sha256", "SHA-256 of the source bytes.", pattern=r"^[0-9a-f]{64}$"),
    _text("publication", "Name of the newspaper."),
    _text("page_label", "The paper's own name of the page, such as A03."),
    _text("title", "Title: of a record as delivered, of a role as written, of a deal in words."),
    _date("issue_on", "Day of issue; null where neither the source nor the caller says it."),
    _text(
        "issue_on_source",
        "Where the day of issue was taken from.",
        vocabulary=("given", "published_on", "sidecar", "file_name", "html_meta", "masthead"),
    ),
    _text(
        "layout",
        "`page` holds any number of articles, `record` is one article.",
        vocabulary=("page", "record"),
    ),
    _count("page_count", "Pages of the document.", minimum=1),
    _count("page_number", "Page in the document, from 1.", minimum=1),
    _text("raw_text", "The decoded text as it came, less a byte order mark."),
    _text(
        "method",
        "How the page was read.",
        vocabulary=("text", "record", "html", "docx", "pdf", "ocr"),
    ),
    _number("width", "Width of the page.", unit="points", minimum=0),
    _number("height", "Height of the page.", unit="points", minimum=0),
    _count("block", "Layout block that the line belongs to, from 0."),
    _text("hint", "What the format knows of the line.", vocabulary=BLOCK_TYPES),
    _number("x0", "Left edge.", unit="points"),
    _number("y0", "Top edge, from the top of the page.", unit="points"),
    _number("x1", "Right edge.", unit="points"),
    _number("y1", "Bottom edge, from the top of the page.", unit="points"),
    _number("font_size", "Size of the type.", unit="points", minimum=0),
)

_READING = (
    _text("block_type", "What the block is on the page.", vocabulary=BLOCK_TYPES),
    _text(
        "block_subtype",
        "The finer type, such as folio, banner, subhead, editor_note, row (heads briefs) or continuation.",
    ),
    _text("text", "The normalised text."),
    _text("original", "The raw characters that the edit replaced."),
    _text("replacement", "The characters that stand in the normalised text instead."),
    _text("damage_type", "What is wrong with the text here."),
    _text("suggestion", "A likely reading, only where there is good evidence."),
    _text("kicker", "The line above the headline (引题)."),
    _text("headline", "The headline."),
    _text("subtitle", "The line below the headline (副题)."),
    _text("byline", "Who wrote or photographed, as printed."),
    _text("dateline_text", "The dateline as printed."),
    _text("dateline_place", "The place of the dateline."),
    _date("dateline_on", "The day of the dateline; null without a year."),
    _date(
        "published_on",
        "The full day printed between an article's headline and its text, as in articles saved from the web. "
        "The day that a record gives in a field is `issue_on` of its document.",
    ),
    _flag("is_continued", "True where the article comes from or goes on to another page (上接, 下转)."),
    _text("role", "The staff role, such as 编辑 or 校对."),
    _text("name", "The name: of a staff member as printed, of an entity in its canonical form."),
)

ENTITY_TYPES = ("person", "organization", "place", "work", "event")

_FACTS = (
    _text("entity_type", "What kind of thing is named.", vocabulary=ENTITY_TYPES),
    _text("entity_subtype", "The finer kind, such as company, university or city."),
    _text("adcode", "Administrative division code (GB/T 2260).", pattern=r"^[0-9]{6}$"),
    _text("province", "Province-level division."),
    _text(
        "canonical_name",
        "Name of the entity meant: that of a patch, or the full one of 中 or 台北; else null.",
    ),
    _date("start_on", "First day meant; null where the year is unknown."),
    _date("end_on", "Last day meant, inclusive; null where the year is unknown."),
    _text("granularity", "How fine the expression is: day, month, quarter, year and so on."),
    _flag("is_inferred", "True where a part was taken from a reference and not from the words themselves."),
    _text("evidence", "What the reading rests on."),
    _texts("candidates", "Possible readings where the words leave it open."),
    _number("value", "The number as written, in `unit`; the lower end of a range."),
    _number("value_max", "The upper end of a range."),
    _text("unit", "The unit as written; null for a bare number."),
    _text("dimension", "What kind of quantity: money, mass, area and so on."),
    _number("base_value", "The number in `base_unit`."),
    _number("base_value_max", "The upper end of a range in `base_unit`."),
    _text("base_unit", "The base unit of the dimension."),
    _text("currency", "ISO 4217 code; null unless money.", pattern=r"^[A-Z]{3}$"),
    _text(
        "bound",
        "How the number is meant.",
        vocabulary=("exact", "about", "over", "under"),
    ),
    _text("measures", "What is measured, in the words of the sentence."),
    _text("period", "The period of a rate, such as year in 年产."),
    _text("cue_text", "The word that says it: the verb of speech or of the deal; null where no word does."),
    _text(
        "mode",
        "Of a quotation: direct or indirect speech. Of a deal: done online or on site.",
        vocabulary=("direct", "indirect", "online", "on_site"),
    ),
    _text(
        "organization_text",
        "The body of a role in the words of the text, recognised as a name or not; 市政府 of a 市长 alone.",
    ),
    _text(
        "rank",
        "What the title says of its holder's rank.",
        vocabulary=("chief", "deputy", "assistant", "member", "profession", "honorary"),
    ),
    _text(
        "level",
        "Administrative level that the body's name shows.",
        vocabulary=("national", "provincial", "prefectural", "county", "township", "village"),
    ),
    _text("speaker_text", "The speaker in the words of the text, such as a name or 他."),
    _flag("is_former", "True where the text says the role has ended."),
    _flag("is_acting", "True where the role is acting or by proxy."),
    _text("deal_type", "What kind of deal."),
    _text("stage", "How far the deal is, from the verb."),
    _date(
        "dated_on", "Day on which the deal took place, or the first day of the period that the text names."
    ),
    _date(
        "dated_end_on", "Last day of the period in which the deal took place; `dated_on` itself for a day."
    ),
    _text(
        "dated_by",
        "Whether the day stands with the deal or is that of the event that the article reports; with a null "
        "`dated_on` the text names such a day, and its year or beginning is open.",
        vocabulary=("own", "event"),
    ),
    _date(
        "expected_on",
        "Day by which it is expected to be done, or begun if the text tells no more; the last of a period.",
    ),
    _number("investment_cny", "Money in the deal, where it is in yuan.", unit="CNY", minimum=0),
    _text("party_role", "What the party is to the deal."),
    _text("keyword", "The word."),
    _number(
        "weight", "TF-IDF weight by jieba; that of a recognised name is the mean of its words.", minimum=0
    ),
)

_COUNTS = (
    _texts("aliases", "Other names in the corpus, sorted."),
    _count("mention_count", "Mentions, without those of duplicate articles and those within a longer name."),
    _count("document_count", "Documents, without duplicates."),
    _count("article_count", "Articles, without duplicates."),
    _count("sentence_count", "Sentences, without those of duplicate articles."),
    _count("deal_count", "Deals, each told thing once."),
    _date("first_on", "First day of issue; null where no document has one."),
    _date("last_on", "Last day of issue; null where no document has one."),
    _number(
        "npmi",
        "Normalised pointwise mutual information of the two in an article; 1 never apart, 0 by chance.",
        minimum=-1,
        maximum=1,
    ),
    _number(
        "log_likelihood",
        "Dunning's G squared of the two over articles: how sure they go together; negative if apart.",
    ),
    _texts("mention_ids", "Keys of the mentions counted."),
    _texts("sentence_ids", "Keys of the sentences counted."),
    _texts("article_ids", "Keys of the articles counted."),
    _texts("deal_ids", "Keys of the deals counted."),
    _date("as_of_on", "Newest day of issue in the corpus, which `new` and `overdue` are counted from."),
    _flag("is_overdue", "True where `expected_on` lies before `as_of_on`."),
    _date("month_on", "First day of the month; null where the day of issue is unknown."),
    _text("origin", "Province-level place that the money or partner comes from."),
    _text("target", "Province-level place that it goes to."),
    _text("sector_code", "Section and division of GB/T 4754."),
    _text("sector", "Name of the sector."),
    _number("investment_value", "Sum of the known amounts in `currency`.", minimum=0),
    _count("unknown_amount_count", "Deals counted whose amount is unknown."),
)

_META = (
    Column(name="started_at", dtype=_TIME, description="When the run began."),
    Column(name="ended_at", dtype=_TIME, description="When the run published."),
    _text("state", "How the run ended.", vocabulary=("published", "failed", "unchanged")),
    _text("code_version", "Version and fingerprint of the code."),
    _text("settings", "Options of the run as JSON."),
    _texts("source_uris", "Sources of the run."),
    _text(
        "source_state",
        "What became of the source.",
        vocabulary=("read", "refused", "quarantined", "withdrawn"),
    ),
    _texts("document_ids", "Documents read from the source, sorted."),
    _count("modified_ns", "Time of change of the file; null where it was too fresh to rely on.", unit="ns"),
    _text("source_meta", "What the caller, a sidecar or the file's name said of the source, as JSON."),
    _text("ingest_fingerprint", "Digest of code, lookups and settings that ingested the source."),
    _text("normalize_fingerprint", "Digest of code and lookups that normalised its documents."),
    _text("extract_fingerprint", "Digest of code and lookups that extracted its facts."),
    _count("source_count", "Sources read."),
    _count("reject_count", "Inputs and rows refused."),
    _text("table_name", "The table."),
    _text("column_name", "The column; null for a check on rows or tables."),
    _text("expectation", "Great Expectations' name of the check, with its arguments."),
    _text("severity", "`fail` blocks publishing, `warn` is recorded.", vocabulary=("fail", "warn")),
    _flag("is_success", "Whether the check passed."),
    _count("row_count", "Rows checked."),
    _count("unexpected_count", "Rows that failed."),
    _texts("failing_keys", "Keys of up to 20 failing rows, the columns of a key joined by `|`."),
    _count("line_number", "Line of the source, from 1.", minimum=1),
    _text("reason_code", "Why it was refused."),
    _text("message", "What happened and what to do, in a sentence."),
    _text("excerpt", "The beginning of what was refused."),
)

_INTERNAL = (
    Column(name="words_hash", dtype=_INT, description="Digest of a sentence's words without punctuation."),
    _count("words_chars", "Length of these words.", unit="code points"),
    _text("identity", "What all names of the thing have in common, before other articles are asked."),
    _text("full_core", "The short name of a firm, or the surname of a person, that is named in full here."),
    _text("short_core", "The short name of a firm or person that only the full name elsewhere can tell."),
    _count("use_count", "Mentions, those of duplicate articles and within a longer name included."),
)

COLUMNS: dict[str, Column] = {
    column.name: column
    for group in (_IDENTIFIERS, _OFFSETS, _SOURCES, _READING, _FACTS, _COUNTS, _META, _INTERNAL)
    for column in group
}

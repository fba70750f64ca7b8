"""Tables of the extract and resolve steps: what the articles say."""

from warehouse.schema import Table

_SPAN = ("surface_text", "start_char", "end_char", "raw_start", "raw_end")
_WHERE = ("article_id", "document_id", "page_id")
_KEYS = {"article_id": "articles", "document_id": "documents", "page_id": "pages"}
_WARNINGS = ("machine_extracted",)

MENTIONS = Table(
    name="mentions",
    layer="core",
    grain="One row per span of an article's text that names an entity.",
    columns=(
        "mention_id", *_WHERE, "sentence_id", "entity_id", "entity_type", "entity_subtype",
        "parent_mention_id", *_SPAN, "rule", "confidence_share", "adcode", "province",
        "canonical_name",
    ),
    primary_key=("mention_id",),
    foreign_keys={
        **_KEYS, "sentence_id": "sentences", "entity_id": "entities", "parent_mention_id": "mentions",
    },
    nullable=(
        "sentence_id", "entity_id", "entity_subtype", "parent_mention_id", "confidence_share", "adcode",
        "province", "canonical_name",
    ),
    computed="Recognised by the network that jieba ships, then general rules; `rule` says which.",
    warnings=_WARNINGS,
    sort_by=("document_id", "article_id", "start_char", "end_char"),
)  # fmt: skip

ENTITIES = Table(
    name="entities",
    layer="out",
    grain="One row per person, organization, place, work or event that the corpus names.",
    columns=(
        "entity_id", "entity_type", "entity_subtype", "name", "aliases", "adcode", "province",
        "mention_count", "article_count", "document_count", "first_on", "last_on",
    ),
    primary_key=("entity_id",),
    nullable=("entity_subtype", "adcode", "province", "first_on", "last_on"),
    computed="Mentions of one thing grouped over the whole corpus; duplicate articles do not count.",
    warnings=_WARNINGS,
)  # fmt: skip

ROLES = Table(
    name="roles",
    layer="core",
    grain="One row per person and title that the text gives them.",
    columns=(
        "role_id", *_WHERE, "person_id", "person_mention_id", "organization_id", "organization_mention_id",
        "organization_text", "title", "rank", "level", "is_former", "is_acting", *_SPAN, "rule",
        "confidence_share",
    ),
    primary_key=("role_id",),
    foreign_keys={
        **_KEYS, "person_id": "entities", "person_mention_id": "mentions", "organization_id": "entities",
        "organization_mention_id": "mentions",
    },
    nullable=(
        "person_id", "person_mention_id", "organization_id", "organization_mention_id", "organization_text",
        "level",
    ),
    computed="Titles beside names: apposition, lists and titles that follow.",
    warnings=_WARNINGS,
    sort_by=("document_id", "article_id", "start_char"),
)  # fmt: skip

DATES = Table(
    name="dates",
    layer="core",
    grain="One row per date expression.",
    columns=(
        "date_id", *_WHERE, *_SPAN, "start_on", "end_on", "granularity", "is_inferred", "evidence",
        "candidates",
    ),
    primary_key=("date_id",),
    foreign_keys=_KEYS,
    nullable=("start_on", "end_on", "evidence"),
    computed="Resolved against the dateline, then the day of issue; never against the clock.",
    warnings=_WARNINGS,
    sort_by=("document_id", "article_id", "start_char"),
)  # fmt: skip

QUANTITIES = Table(
    name="quantities",
    layer="core",
    grain="One row per number with a unit.",
    columns=(
        "quantity_id", *_WHERE, *_SPAN, "value", "value_max", "unit", "dimension", "base_value",
        "base_value_max", "base_unit", "currency", "bound", "measures", "period", "evidence", "deal_id",
    ),
    primary_key=("quantity_id",),
    foreign_keys={**_KEYS, "deal_id": "deals"},
    nullable=(
        "value_max", "unit", "base_value", "base_value_max", "base_unit", "currency", "measures", "period",
        "evidence", "deal_id",
    ),
    computed="Numbers in any script with units of `seeds/lookups`; money is never converted.",
    warnings=_WARNINGS,
    sort_by=("document_id", "article_id", "start_char"),
)  # fmt: skip

QUOTATIONS = Table(
    name="quotations",
    layer="core",
    grain="One row per passage of direct or indirect speech.",
    columns=(
        "quotation_id", *_WHERE, "text", "speaker_id", "speaker_mention_id", "speaker_text", "cue_text",
        "mode", *_SPAN, "rule", "confidence_share",
    ),
    primary_key=("quotation_id",),
    foreign_keys={**_KEYS, "speaker_id": "entities", "speaker_mention_id": "mentions"},
    nullable=("speaker_id", "speaker_mention_id", "speaker_text", "cue_text"),
    computed="Quoted passages that are speech, and clauses after a verb of speech.",
    warnings=_WARNINGS,
    sort_by=("document_id", "article_id", "start_char"),
)  # fmt: skip

DEALS = Table(
    name="deals",
    layer="core",
    grain="One row per agreement, project, laboratory, centre, investment or partnership that a text tells.",
    columns=(
        "deal_id", *_WHERE, "sentence_id", "deal_type", "stage", "title", "mode", "dated_on", "dated_end_on",
        "dated_by", "expected_on", "investment_cny", "place_id", "place_mention_id", "sector_code", "sector",
        "parent_deal_id", "same_as_deal_id", "cue_text", *_SPAN, "rule", "confidence_share",
    ),
    primary_key=("deal_id",),
    foreign_keys={
        **_KEYS, "sentence_id": "sentences", "place_id": "entities", "place_mention_id": "mentions",
        "parent_deal_id": "deals", "same_as_deal_id": "deals",
    },
    nullable=(
        "sentence_id", "title", "mode", "dated_on", "dated_end_on", "dated_by", "expected_on",
        "investment_cny", "place_id",
        "place_mention_id", "sector_code", "sector", "parent_deal_id", "same_as_deal_id", "cue_text",
    ),
    computed="Verbs and nouns of dealing with their parties; the stage is what the verb says.",
    warnings=_WARNINGS,
    sort_by=("document_id", "article_id", "raw_start"),
)  # fmt: skip

DEAL_PARTIES = Table(
    name="deal_parties",
    layer="core",
    grain="One row per party of a deal.",
    columns=(
        "deal_id", "ordinal", *_WHERE, "entity_id", "mention_id", "party_role", "signatory_id",
        "signatory_mention_id", *_SPAN,
    ),
    primary_key=("deal_id", "ordinal"),
    foreign_keys={
        **_KEYS, "deal_id": "deals", "entity_id": "entities", "mention_id": "mentions",
        "signatory_id": "entities", "signatory_mention_id": "mentions",
    },
    nullable=("entity_id", "mention_id", "signatory_id", "signatory_mention_id"),
    computed="A party that cannot be read keeps its damaged words and has no entity.",
    warnings=_WARNINGS,
)  # fmt: skip

KEYWORDS = Table(
    name="keywords",
    layer="core",
    grain="One row per article and keyword.",
    columns=("article_id", "document_id", "keyword", "weight"),
    primary_key=("article_id", "keyword"),
    foreign_keys={"article_id": "articles", "document_id": "documents"},
    computed="jieba's TF-IDF over the article's text.",
)

TABLES = (MENTIONS, ENTITIES, ROLES, DATES, QUANTITIES, QUOTATIONS, DEALS, DEAL_PARTIES, KEYWORDS)

"""Tables that later runs start from, so that a run sees what it changes and not the whole corpus.

Their names begin with an underscore; readers, views and exports leave them out.
"""

from warehouse.schema import Table

SENTENCE_KEYS = Table(
    name="_sentence_keys",
    layer="core",
    grain="One row per article and different sentence that is long enough to tell articles apart.",
    columns=("article_id", "document_id", "words_hash", "words_chars"),
    primary_key=("article_id", "words_hash"),
    foreign_keys={"document_id": "documents", "article_id": "articles"},
    computed="Sentences without white space and punctuation, as digests.",
)

NAMES = Table(
    name="_names",
    layer="out",
    grain="One row per month of issue and different way in which mentions name a thing.",
    columns=(
        "month_on", "entity_type", "entity_subtype", "name", "canonical_name", "adcode", "province",
        "identity", "full_core", "short_core", "entity_id", "use_count",
    ),
    primary_key=(
        "month_on", "entity_type", "entity_subtype", "name", "canonical_name", "adcode", "province",
        "identity", "full_core", "short_core",
    ),
    foreign_keys={"entity_id": "entities"},
    nullable=(
        "month_on", "entity_subtype", "canonical_name", "adcode", "province", "full_core", "short_core",
    ),
    computed="Mentions counted by what decides their entity.",
)  # fmt: skip

TABLES = (SENTENCE_KEYS, NAMES)

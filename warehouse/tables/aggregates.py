"""Tables of the aggregate step: what a chart needs, each row with the keys it counted."""

from warehouse.schema import Table

_DUPLICATES = "Duplicate articles do not count."

ENTITY_DAILY = Table(
    name="entity_daily",
    layer="out",
    grain="One row per entity and day of issue; a missing row means no mention.",
    columns=(
        "entity_daily_id", "entity_id", "issue_on", "mention_count", "article_count", "document_count",
        "mention_ids",
    ),
    primary_key=("entity_daily_id",),
    foreign_keys={"entity_id": "entities"},
    nullable=("issue_on",),
    computed=f"Mentions counted by entity and day of issue. {_DUPLICATES}",
    sort_by=("entity_id", "issue_on"),
)  # fmt: skip

ENTITY_PAIRS = Table(
    name="entity_pairs",
    layer="out",
    grain="One row per pair of entities named in one article and month of issue.",
    columns=(
        "entity_pair_id", "left_entity_id", "right_entity_id", "month_on", "article_count", "sentence_count",
        "npmi", "log_likelihood", "article_ids", "sentence_ids",
    ),
    primary_key=("entity_pair_id",),
    foreign_keys={"left_entity_id": "entities", "right_entity_id": "entities"},
    nullable=("month_on", "npmi"),
    computed=(
        "Pairs in one article, and those of them in one sentence; npmi and log_likelihood over the month. "
        f"{_DUPLICATES}"
    ),
    warnings=("npmi of rare pairs is high by chance: sort by log_likelihood",),
    sort_by=("month_on", "left_entity_id", "right_entity_id"),
)  # fmt: skip

DEAL_FLOWS = Table(
    name="deal_flows",
    layer="out",
    grain="One row per origin, target, sector, stage, month and currency.",
    columns=(
        "deal_flow_id", "origin", "target", "sector_code", "sector", "stage", "month_on", "deal_count",
        "currency", "investment_value", "unknown_amount_count", "deal_ids",
    ),
    primary_key=("deal_flow_id",),
    nullable=("origin", "target", "sector_code", "sector", "month_on", "currency", "investment_value"),
    computed="Deals, each told thing once; money is summed within one currency only.",
)  # fmt: skip

PLACE_ACTIVITY = Table(
    name="place_activity",
    layer="out",
    grain="One row per place and month of issue.",
    columns=(
        "place_activity_id", "entity_id", "month_on", "mention_count", "article_count", "deal_count",
        "mention_ids", "deal_ids",
    ),
    primary_key=("place_activity_id",),
    foreign_keys={"entity_id": "entities"},
    nullable=("month_on",),
    computed=f"Mentions of the place and deals at it, without their phases. {_DUPLICATES}",
)  # fmt: skip

SECTOR_ACTIVITY = Table(
    name="sector_activity",
    layer="out",
    grain="One row per sector, stage, month of issue and currency.",
    columns=(
        "sector_activity_id", "sector_code", "sector", "stage", "month_on", "deal_count", "article_count",
        "unknown_amount_count", "currency", "investment_value", "deal_ids",
    ),
    primary_key=("sector_activity_id",),
    nullable=("sector_code", "sector", "month_on", "currency", "investment_value"),
    computed="Deals by sector and stage; money is summed within one currency only.",
)  # fmt: skip

NEW_ENTITIES = Table(
    name="new_entities",
    layer="out",
    grain="One row per entity first named in the last seven days of issue.",
    columns=("entity_id", "first_on", "as_of_on", "mention_count"),
    primary_key=("entity_id",),
    foreign_keys={"entity_id": "entities"},
    computed="As of the newest day of issue in the corpus, never of the clock.",
)

DUE_DEALS = Table(
    name="due_deals",
    layer="out",
    grain="One row per deal that is expected by a day and not known to be done.",
    columns=("deal_id", "stage", "expected_on", "as_of_on", "is_overdue"),
    primary_key=("deal_id",),
    foreign_keys={"deal_id": "deals"},
    nullable=("as_of_on", "is_overdue"),
    computed="As of the newest day of issue in the corpus, never of the clock.",
    sort_by=("expected_on", "deal_id"),
)

TABLES = (
    ENTITY_DAILY, ENTITY_PAIRS, DEAL_FLOWS, PLACE_ACTIVITY, SECTOR_ACTIVITY, NEW_ENTITIES, DUE_DEALS,
)  # fmt: skip

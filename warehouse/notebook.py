"""Notebook on a warehouse (marimo): filter deals by period, place and sector, plot, and see the source.

`baocang notebook` starts it. It is a plain Python file: cells are functions, and a test runs them.
"""

import marimo

app = marimo.App(width="medium", app_title="报仓")


@app.cell
def load():
    """Open the warehouse."""
    import os

    import altair as alt
    import marimo as mo
    import polars as pl

    from warehouse import Warehouse
    from warehouse.labels import value_label

    warehouse = Warehouse(os.environ.get("BAOCANG_WAREHOUSE", "warehouse/data"))
    return alt, mo, pl, value_label, warehouse


@app.cell
def join_deals(pl, value_label, warehouse):
    """One row per deal, each told thing once, with the names that a reader wants."""
    entity_names = warehouse.scan("entities").select("entity_id", "name")
    party_names = (
        warehouse.scan("deal_parties")
        .join(entity_names, on="entity_id", how="left")
        .sort("deal_id", "ordinal")
        .group_by("deal_id")
        .agg(pl.coalesce("name", "surface_text").str.join("、").alias("parties"))
    )
    deals = (
        warehouse.scan("deals")
        .filter(pl.col("same_as_deal_id").is_null())
        .join(party_names, on="deal_id", how="left")
        .join(entity_names.rename({"entity_id": "place_id", "name": "place"}), on="place_id", how="left")
        .join(
            warehouse.scan("documents").select("document_id", "publication", "issue_on"),
            on="document_id", how="left",
        )
        .with_columns(
            pl.coalesce("dated_on", "issue_on").alias("day"),
            pl.col("stage").map_elements(lambda s: value_label("stage", s), return_dtype=pl.String).alias("stage_name"),
        )
        .sort("day", "document_id", "raw_start", nulls_last=True)
        .collect()
    )  # fmt: skip
    return (deals,)


@app.cell
def choose(deals, mo):
    """The filters: a period where days are known, places, sectors."""

    def known(column):
        return sorted(deals[column].drop_nulls().unique().to_list())

    first, last = deals["day"].min(), deals["day"].max()
    period = mo.ui.date_range(start=first, stop=last, value=(first, last), label="时段") if first else None
    places = mo.ui.multiselect(known("place"), label="地点")
    sectors = mo.ui.multiselect(known("sector"), label="行业")
    mo.vstack(
        [
            mo.md(f"# 报仓\n{deals.height} 项合作。筛选时段、地点、行业；点选一行，看原文所载之处。"),
            mo.hstack([item for item in (period, places, sectors) if item is not None], justify="start"),
        ]
    )
    return period, places, sectors


@app.cell
def filter_deals(deals, period, pl, places, sectors):
    """Deals that pass the filters; a deal without a day stays while the whole period is chosen."""
    chosen = deals
    if period is not None and period.value != (deals["day"].min(), deals["day"].max()):
        chosen = chosen.filter(pl.col("day").is_between(*period.value))
    if places.value:
        chosen = chosen.filter(pl.col("place").is_in(places.value))
    if sectors.value:
        chosen = chosen.filter(pl.col("sector").is_in(sectors.value))
    return (chosen,)


@app.cell
def plot(alt, chosen, mo, pl, warehouse):
    """The chosen deals by stage, and who takes part in most of them."""
    stages = chosen.group_by("stage_name").len().sort("len", descending=True)
    stage_chart = (
        alt.Chart(stages)
        .mark_bar(color="#1b1a17")
        .encode(
            alt.X("len:Q", title="项目", axis=alt.Axis(tickMinStep=1)),
            alt.Y("stage_name:N", sort="-x", title=None),
        )
        .properties(width=320, height=180)
    )
    parties = (
        warehouse.scan("deal_parties")
        .join(chosen.lazy().select("deal_id"), on="deal_id", how="semi")
        .join(warehouse.scan("entities").select("entity_id", "name", "entity_type"), on="entity_id")
        .group_by("name", "entity_type")
        .agg(pl.col("deal_id").n_unique().alias("deals"))
        .sort("deals", "name", descending=[True, False])
        .head(12)
        .collect()
    )
    entity_chart = (
        alt.Chart(parties)
        .mark_bar()
        .encode(
            alt.X("deals:Q", title="参与项目", axis=alt.Axis(tickMinStep=1)),
            alt.Y("name:N", sort="-x", title=None),
            alt.Color("entity_type:N", scale=alt.Scale(scheme="dark2"), legend=None),
        )
        .properties(width=320, height=260)
    )
    mo.hstack([stage_chart, entity_chart], justify="start", gap=3)
    return entity_chart, stage_chart


@app.cell
def list_deals(chosen, mo, pl):
    """The deals as a table; a selected row shows its source below."""
    headings = {
        "title": "项目", "stage_name": "阶段", "parties": "各方", "investment_cny": "投资额（元）", "day": "日期",
        "expected_on": "预期", "place": "地点", "sector": "行业", "publication": "报纸", "deal_id": "项目标识",
    }  # fmt: skip
    shown = chosen.with_columns(pl.col("title", "parties", "place", "sector", "publication").fill_null(""))
    table = mo.ui.table(
        shown.select(*headings).rename(headings),
        selection="single",
        page_size=12,
        show_column_summaries=False,
        show_data_types=False,
    )
    table
    return (table,)


@app.cell
def show_source(chosen, mo, pl, table, warehouse):
    """The raw characters of the selected deal, the first one where none is selected."""
    import html

    selected = table.value
    row = chosen.filter(pl.col("deal_id") == selected["项目标识"][0]) if len(selected) else chosen.head(1)
    source_words = ""
    if row.height:
        deal = row.row(0, named=True)
        page = (
            warehouse.scan("pages").filter(pl.col("page_id") == deal["page_id"]).select("raw_text").collect()
        )
        raw = page["raw_text"][0]
        start, end = deal["raw_start"], deal["raw_end"]
        source_words = raw[start:end]
        before, after = raw[max(0, start - 120) : start], raw[end : end + 120]
        words = f"{html.escape(before)}<mark>{html.escape(source_words)}</mark>{html.escape(after)}"
        issue = " · ".join(str(part) for part in (deal["publication"], deal["issue_on"]) if part)
        mo.output.replace(
            mo.Html(
                f'<p>{html.escape(issue)}</p><p style="white-space: pre-line; line-height: 1.9; font-family: serif">{words}</p>'
            )
        )
    else:
        mo.output.replace(mo.md("没有符合筛选的项目。"))
    return (source_words,)


if __name__ == "__main__":
    app.run()

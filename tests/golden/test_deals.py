"""Whole pages of several styles, with invented names: every role, quotation and deal in order of text."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from flows.resources import load_lookups, load_recognizer
from transforms.extract.dates.finder import DateFinder
from transforms.extract.deals.finder import DealFinder
from transforms.extract.mentions import MentionFinder
from transforms.extract.quantities.finder import QuantityFinder
from transforms.extract.quotations.finder import QuotationFinder
from transforms.extract.roles.finder import RoleFinder
from transforms.normalize.sentences import split_sentences

CASES = sorted((Path(__file__).parent / "deals").iterdir())


def read(text: str) -> dict[str, Any]:
    """What the finders say of one article, in the form of `expect.yaml`."""
    lookups = load_lookups()
    unknown_day = pl.lit(None, dtype=pl.Date)
    articles = pl.DataFrame({"article_id": ["a"], "text": [text]}).with_columns(
        dateline_on=unknown_day, issue_on=unknown_day
    )
    sentences = pl.DataFrame(
        [
            ("a", f"s{n}", n, text[start:end], start, end)
            for n, (start, end) in enumerate(split_sentences(text))
        ],
        schema=["article_id", "sentence_id", "ordinal", "text", "start_char", "end_char"],
        orient="row",
    )
    mentions = MentionFinder(load_recognizer(), lookups).find(articles, sentences)
    dates = DateFinder(lookups).find(articles)
    quantities = QuantityFinder(lookups).find(articles, dates).with_row_index("quantity_index")
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    roles = RoleFinder(lookups).find(articles, sentences, mentions)
    quotations = QuotationFinder(lookups).find(articles, sentences, mentions)
    deals, parties, _ = DealFinder(lookups).find(
        articles, sentences, mentions, dates=dates, quantities=quantities
    )
    return {
        "roles": [
            [names[index], title] for index, title in roles.select("person_mention_index", "title").rows()
        ],
        "quotations": [list(row) for row in quotations.select("mode", "speaker_text").rows()],
        "deals": [
            {
                "type": deal["deal_type"],
                "stage": deal["stage"],
                "title": deal["title"],
                "parties": parties.filter(pl.col("deal_index") == deal["deal_index"])[
                    "surface_text"
                ].to_list(),
                "investment": deal["investment_cny"],
                "expected": deal["expected_on"],
            }
            for deal in deals.iter_rows(named=True)
        ],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_page_reads_as_expected(case: Path) -> None:
    expected = yaml.safe_load((case / "expect.yaml").read_text(encoding="utf-8"))
    found = read((case / "page.txt").read_text(encoding="utf-8").strip())
    assert found["roles"] == expected["roles"]
    assert found["quotations"] == expected["quotations"]
    wanted = [{"investment": None, "expected": None, **deal} for deal in expected["deals"]]
    assert found["deals"] == wanted

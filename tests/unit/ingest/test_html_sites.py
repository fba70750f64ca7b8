"""What is read off pages in the manner of news sites: headline, day, source, byline, body, and no chrome."""

import pytest

from flows.parsers import html_reader
from tests.unit.ingest.site_pages import BODY, DAY, HEADLINE, SITES
from transforms.ingest.model import RawDocument, SourceMeta


@pytest.fixture(scope="module")
def read_sites() -> dict[str, RawDocument]:
    documents = {}
    for name, make in SITES.items():
        site = make()
        documents[name] = html_reader().read(site.html.encode(site.charset), uri="x", meta=SourceMeta())
    return documents


def lines_of(document: RawDocument) -> list[tuple[str | None, str]]:
    page = document.pages[0]
    return [(line.hint, page.raw_text[line.raw_start : line.raw_end].strip("　")) for line in page.lines]


@pytest.mark.parametrize("name", SITES)
def test_read_site_body(read_sites: dict[str, RawDocument], name: str) -> None:
    found = [text for hint, text in lines_of(read_sites[name]) if hint == "body"]
    assert [text for text in found if text in BODY] == BODY
    assert sum(len(text) for text in found if text not in BODY) < 60


@pytest.mark.parametrize("name", SITES)
def test_read_site_heads(read_sites: dict[str, RawDocument], name: str) -> None:
    site, found = SITES[name](), lines_of(read_sites[name])
    headlines = [text for hint, text in found if hint == "headline"]
    assert [text.removesuffix("(2)") for text in headlines] == [HEADLINE]
    assert (read_sites[name].title or "").removesuffix("(2)") == HEADLINE
    assert [text for hint, text in found if hint == "kicker"] == ([site.kicker] if site.kicker else [])
    assert [text for hint, text in found if hint == "subtitle"] == ([site.subtitle] if site.subtitle else [])


@pytest.mark.parametrize("name", SITES)
def test_read_site_says_of_itself(read_sites: dict[str, RawDocument], name: str) -> None:
    site, document = SITES[name](), read_sites[name]
    assert (document.issue_on, document.issue_on_source) == (DAY, "html_meta")
    if site.publication:
        assert document.publication == site.publication
    if site.byline:
        assert any(hint == "byline" and site.byline in text for hint, text in lines_of(document))


@pytest.mark.parametrize("name", SITES)
def test_read_site_chrome(read_sites: dict[str, RawDocument], name: str) -> None:
    found = lines_of(read_sites[name])
    for word in SITES[name]().chrome:
        assert {hint for hint, text in found if word in text} == {"furniture"}, word
    for word in SITES[name]().captions:
        assert not {hint for hint, text in found if word in text} & {"body", "furniture"}, word

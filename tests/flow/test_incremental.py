"""What a second build does, and does not do."""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows import build as build_module
from flows import tasks
from flows.build import ChecksFailedError, NothingReadError, build
from flows.cli import app
from flows.options import BuildOptions
from flows.recognition import Recognition
from flows.withdraw import UnknownSourceError, withdraw
from transforms.extract.names.patches import PatchError
from transforms.normalize.pipeline import Normalizer
from warehouse import Warehouse, registry
from warehouse.registry import key_of
from warehouse.store import Store

FACTS = [name for name, table in registry.TABLES.items() if table.layer != "meta"]
PAGE = "江海市举行合作大会\n\n本报讯 3月1日，江海市委书记林建国会见了云川大学校长周明远一行。{more}\n"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, prefect) -> Path:
    """A folder with `inbox` and the `house` built from it; and a copy of both, to restore them."""
    folder = tmp_path_factory.mktemp("incremental")
    (folder / "inbox").mkdir()
    for name, more in (("a", "双方签订协议。"), ("b", "项目总投资20亿元。")):
        write(folder / "inbox" / f"{name}.txt", PAGE.format(more=more))
    run(folder / "inbox", folder / "house")
    for name in ("inbox", "house"):
        shutil.copytree(folder / name, folder / "kept" / name, symlinks=True)
    return folder


@pytest.fixture
def restored(prepared: Path) -> Path:
    for name in ("inbox", "house"):
        shutil.rmtree(prepared / name, ignore_errors=True)
        shutil.copytree(prepared / "kept" / name, prepared / name, symlinks=True)
    return prepared


@pytest.fixture
def inbox(restored: Path) -> Path:
    return restored / "inbox"


@pytest.fixture
def house(restored: Path) -> Path:
    return restored / "house"


def write(path: Path, text: str) -> None:
    """Write a file as if it had been there for an hour."""
    path.write_text(text, encoding="utf-8")
    moment = path.stat().st_mtime - 3600
    os.utime(path, (moment, moment))


def run(inbox: Path, house: Path, **options):
    return build(BuildOptions(sources=[str(inbox)], warehouse=house, issue_on=date(2031, 3, 2), **options))


def rows(house: Path, *, without: tuple[str, ...] = ("first_run_id", "uri")) -> dict[str, pl.DataFrame]:
    warehouse = Warehouse(house)
    return {name: warehouse.read(name).drop(without, strict=False) for name in FACTS}


def assert_same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> None:
    for name in FACTS:
        assert one[name].equals(other[name]), name


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the steps that really ran on documents."""
    made: list[str] = []
    for name in ("write_parts", "normalize_part", "extract_part"):
        real = getattr(tasks.work, name)

        def counted(*args, real=real, name=name, **kwargs):
            made.append(name)
            return real(*args, **kwargs)

        monkeypatch.setattr(tasks.work, name, counted)
    return made


def test_a_second_build_processes_and_publishes_nothing(inbox, house, calls):
    result = run(inbox, house)
    assert result.state == "unchanged"
    assert calls == []
    assert len(Store(house).snapshots()) == 1


def test_an_added_file_is_the_only_one_processed(inbox, house):
    write(inbox / "c.txt", PAGE.format(more="白石港开工。"))
    result = run(inbox, house)
    assert (result.delta["documents"].added, result.delta["documents"].changed) == (1, 0)
    assert result.delta["pages"].added == 1


def test_an_edited_file_replaces_its_document_and_old_snapshots_keep_it(inbox, house):
    before = Warehouse(house).read("pages")
    write(inbox / "a.txt", PAGE.format(more="双方签订新的协议。"))
    result = run(inbox, house)
    assert (result.delta["pages"].added, result.delta["pages"].removed) == (1, 1)
    texts = "".join(Warehouse(house).read("pages")["raw_text"])
    assert "新的协议" in texts
    assert "双方签订协议" not in texts
    assert Warehouse(house, snapshot=1).read("pages").equals(before)


def test_one_edited_record_is_the_only_one_processed(tmp_path, house):
    records = tmp_path / "records"
    records.mkdir()

    def deliver(third: str) -> None:
        lines = [
            {"id": f"r{n}", "text": PAGE.format(more=more)}
            for n, more in enumerate(["白石港开工。", "青山公司成立。", third])
        ]
        write(records / "r.jsonl", "\n".join(json.dumps(line, ensure_ascii=False) for line in lines))

    deliver("长平集团签约。")
    assert run(records, house).delta["documents"].added == 3
    deliver("长平集团投产。")
    delta = run(records, house).delta
    assert (delta["documents"].added, delta["documents"].removed) == (1, 1)
    assert (delta["sentences"].changed, delta["pages"].changed) == (0, 0)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("ingest", {"write_parts"}),
        ("normalize", {"normalize_part", "extract_part"}),
        ("extract", {"extract_part"}),
        ("resolve", set()),
    ],
)
def test_a_changed_step_runs_again_with_those_after_it(inbox, house, calls, monkeypatch, step, expected):
    before = rows(house)
    for module in (tasks, build_module):
        real = module.step_fingerprint
        monkeypatch.setattr(
            module, "step_fingerprint", lambda s, real=real: "changed" if s == step else real(s)
        )
    result = run(inbox, house)
    assert result.state == "published"
    assert set(calls) >= expected
    assert step == "ingest" or "write_parts" not in calls
    assert_same(before, rows(house))
    assert run(inbox, house).state == "unchanged"


def test_a_patch_file_extracts_again_only_when_its_content_changes(inbox, house, calls, tmp_path):
    patches = tmp_path / "patches.yml"
    patches.write_text(
        "canonical: [{name: 林建国, entity_type: person, canonical_name: 林大国}]", encoding="utf-8"
    )
    assert run(inbox, house, patches=patches).state == "published"
    assert set(calls) == {"extract_part"}
    names = Warehouse(house).read("entities").filter(pl.col("aliases").list.contains("林建国"))["name"]
    assert names.to_list() == ["林大国"]

    patches.write_text("# reviewed\n" + patches.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(inbox, house, patches=patches).state == "unchanged"
    patches.write_text("drop: [{name: 林建国, entity_type: person}]", encoding="utf-8")
    run(inbox, house, patches=patches)
    assert "林建国" not in Warehouse(house).read("mentions")["surface_text"].to_list()


def test_a_user_dictionary_names_what_its_tags_say(inbox, house, calls, tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("\ufeff# 我的词\n本次签约 5 nt\n新生产力\n", encoding="utf-8")
    patches = tmp_path / "patches.yml"
    patches.write_text("drop: [{name: 林建国, entity_type: person}]", encoding="utf-8")
    recognition = Recognition.of(BuildOptions(sources=["x"], patches=patches, user_dict=words))
    lookups = recognition.lookups()
    assert lookups["patches"]["add"][-1] == {"name": "本次签约", "entity_type": "organization"}
    assert lookups["patches"]["drop"][-1] == {"name": "林建国", "entity_type": "person"}
    assert lookups["words"]["user_words"][-2:] == ["本次签约", "新生产力"]
    words.write_text("云川大学校 5 nt", encoding="utf-8")
    assert run(inbox, house, user_dict=words).state == "published"
    assert set(calls) == {"extract_part"}
    named = Warehouse(house).read("mentions").filter(pl.col("rule") == "patch_add")
    assert set(named["surface_text"]) == {"云川大学校"}
    words.write_text("林 3 nr", encoding="utf-8")
    with pytest.raises(PatchError, match="line 1: a name has two characters"):
        Recognition.of(BuildOptions(sources=["x"], user_dict=words))


def test_another_guideline_extracts_again(inbox, house, calls):
    assert run(inbox, house, profile="flat").state == "published"
    assert set(calls) == {"extract_part"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        ("add: [", "patches.yml"),
        ("- 江海市", "sections"),
        ("delete: []", "unknown section"),
        ("add: 江海市", "a list of patches"),
        ("add: [{name: 江海市}]", "entity_type"),
        ("add: [{name: 12, entity_type: place}]", "values are texts"),
        ("add: [{name: 江海市, entity_type: town}]", "none of person"),
        ("drop: [{name: 江海市, entity_type: place, when: '('}]", "regular expression"),
    ],
)
def test_a_wrong_patch_file_is_refused_before_anything_is_read(tmp_path, content, said):
    patches = tmp_path / "patches.yml"
    if content is not None:
        patches.write_text(content, encoding="utf-8")
    with pytest.raises(PatchError, match=said):
        Recognition.of(BuildOptions(sources=["x"], patches=patches))


def test_full_refresh_reads_everything_again(inbox, house):
    before = rows(house)
    result = run(inbox, house, full_refresh=True)
    assert result.state == "published"
    assert_same(before, rows(house))


def test_another_day_of_issue_reads_again(inbox, house):
    result = build(BuildOptions(sources=[str(inbox)], warehouse=house, issue_on=date(2031, 4, 2)))
    assert result.delta["documents"].changed == 2


def test_dry_run_shows_changes_and_publishes_nothing(inbox, house):
    write(inbox / "c.txt", PAGE.format(more="白石港开工。"))
    files = sorted((house / "files").rglob("*.parquet"))
    result = run(inbox, house, dry_run=True)
    assert result.state == "dry_run"
    assert result.delta["documents"].added == 1
    assert len(Store(house).snapshots()) == 1
    assert sorted((house / "files").rglob("*.parquet")) == files


def test_dry_run_shows_what_a_changed_vocabulary_would_do(inbox, house, tmp_path):
    patches = tmp_path / "patches.yml"
    patches.write_text("drop: [{name: 林建国, entity_type: person}]", encoding="utf-8")
    result = run(inbox, house, patches=patches, dry_run=True)
    assert result.delta["mentions"].removed == 2
    assert result.delta["entities"].removed == 1
    assert result.delta["entity_daily"].removed == 1
    assert "pages" not in result.delta
    assert "林建国" in Warehouse(house).read("mentions")["surface_text"].to_list()


def test_runs_one_by_one_equal_one_run(tmp_path, inbox, house):
    write(inbox / "0.txt", PAGE.format(more="双方签订协议。"))
    write(inbox / "c.txt", PAGE.format(more="白石港开工。"))
    run(inbox, house)
    run(inbox, tmp_path / "other")
    assert_same(rows(house, without=("first_run_id",)), rows(tmp_path / "other", without=("first_run_id",)))
    uris = [set(Warehouse(w).read("documents")["uri"]) for w in (house, tmp_path / "other")]
    assert uris[0] == uris[1]


@pytest.mark.parametrize(("workers", "size"), [(1, "1"), (4, "400")])
def test_order_workers_and_batches_make_no_difference(tmp_path, inbox, monkeypatch, workers, size):
    records = [{"id": f"r{n}", "text": PAGE.format(more=f"项目总投资{n + 1}亿元。")} for n in range(6)]
    write(inbox / "records.jsonl", "\n".join(json.dumps(record) for record in records))
    write(inbox / "twin.txt", (inbox / "b.txt").read_text(encoding="utf-8"))
    run(inbox, tmp_path / "one")
    random.Random(workers).shuffle(records)
    write(inbox / "records.jsonl", "\n".join(json.dumps(record) for record in records))
    monkeypatch.setenv("BAOCANG_BATCH_BYTES", size)
    monkeypatch.setenv("BAOCANG_PART_CHARS", size)
    sources = [str(inbox / name) for name in ("twin.txt", "records.jsonl", "b.txt", "a.txt")]
    options = {"warehouse": tmp_path / "other", "issue_on": date(2031, 3, 2), "workers": workers}
    build(BuildOptions(sources=sources, **options))
    assert_same(rows(tmp_path / "one"), rows(tmp_path / "other"))
    places = [Warehouse(tmp_path / name).read("documents")["uri"].sort() for name in ("one", "other")]
    assert places[0].equals(places[1])


def test_a_source_that_cannot_be_read_any_more_keeps_its_document(inbox, house):
    (inbox / "a.txt").write_bytes(b"")
    result = run(inbox, house)
    assert result.rejects["reason_code"].to_list() == ["empty_file"]
    assert Warehouse(house).read("documents").height == 2
    assert run(inbox, house).state == "unchanged"


def test_a_source_that_is_missing_is_said_each_time_and_on_record_once(inbox, house):
    options = BuildOptions(
        sources=[str(inbox), str(inbox / "none.txt")], warehouse=house, issue_on=date(2031, 3, 2)
    )
    for state in ("published", "unchanged"):
        result = build(options)
        assert (result.state, result.rejects["reason_code"].to_list()) == (state, ["source_missing"])
    assert Warehouse(house).read("rejects").height == 1


def test_only_unreadable_sources_publish_nothing(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(NothingReadError, match="no bytes"):
        run(tmp_path / "empty.txt", tmp_path / "house")
    assert Store(tmp_path / "house").manifest() is None


def fail_on(monkeypatch, words: str) -> None:
    """A check that fails for pages with certain words."""
    from expectations import runner
    from expectations.derive import Rule

    rule = Rule(
        name="no bad words",
        table="pages",
        severity="fail",
        description="a page has bad words",
        violations=lambda staged: staged.rows("pages").filter(pl.col("raw_text").str.contains(words)),
    )
    monkeypatch.setattr(runner, "RULES", (*runner.RULES, rule))


def test_a_failing_document_holds_up_the_run(inbox, house, monkeypatch):
    write(inbox / "c.txt", PAGE.format(more="坏页。"))
    fail_on(monkeypatch, "坏页")
    with pytest.raises(ChecksFailedError, match="no bad words"):
        run(inbox, house)
    assert len(Store(house).snapshots()) == 1


def test_quarantine_leaves_the_failing_document_out(inbox, house, monkeypatch):
    write(inbox / "c.txt", PAGE.format(more="坏页。"))
    write(inbox / "d.txt", PAGE.format(more="好页。"))
    fail_on(monkeypatch, "坏页")
    result = run(inbox, house, quarantine=True)
    assert result.rejects["reason_code"].to_list() == ["quarantined"]
    assert Warehouse(house).read("documents").height == 3
    states = dict(Store(house).known_sources().select("uri", "source_state").iter_rows())
    assert states[str(inbox / "c.txt")] == "quarantined"
    assert run(inbox, house, quarantine=True).state == "unchanged"


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("transforms.normalize.pipeline.Normalizer", "read_page"),
        ("transforms.extract.pipeline.Extractor", "extract"),
    ],
)
def test_a_document_that_a_step_fails_on_is_refused_alone(inbox, house, monkeypatch, owner, name):
    write(inbox / "c.txt", PAGE.format(more="坏页。"))
    write(inbox / "d.txt", PAGE.format(more="好页。"))
    module, _, cls = owner.rpartition(".")
    owner_class = getattr(importlib.import_module(module), cls)
    right = getattr(owner_class, name)

    def fail(self, text, *args, **kwargs):
        if "坏页" in (text if isinstance(text, str) else "".join(text["articles"]["text"])):
            raise IndexError("list index out of range")
        return right(self, text, *args, **kwargs)

    monkeypatch.setattr(owner_class, name, fail)
    result = run(inbox, house)
    [refused] = result.rejects.iter_rows(named=True)
    assert (refused["uri"], refused["reason_code"]) == (str(inbox / "c.txt"), "step_failed")
    assert "list index out of range" in refused["message"]
    assert Warehouse(house).read("documents").height == 3
    states = dict(Store(house).known_sources().select("uri", "source_state").iter_rows())
    assert states[str(inbox / "c.txt")] == "quarantined"
    assert run(inbox, house).state == "unchanged"


def test_a_record_that_a_step_fails_on_is_refused_alone(tmp_path, monkeypatch):
    records = [{"id": "1", "text": "坏页。"}, {"id": "2", "text": "海原市今天签约。"}]
    write(tmp_path / "a.jsonl", "\n".join(json.dumps(r, ensure_ascii=False) for r in records))
    right = Normalizer.read_page

    def fail(self, text, *args, **kwargs):
        if "坏页" in text:
            raise IndexError("list index out of range")
        return right(self, text, *args, **kwargs)

    monkeypatch.setattr(Normalizer, "read_page", fail)
    result = run(tmp_path / "a.jsonl", tmp_path / "house")
    assert result.rejects["uri"].to_list() == [f"{tmp_path / 'a.jsonl'}#1"]
    assert Warehouse(tmp_path / "house").read("documents")["external_id"].to_list() == ["2"]


def test_a_run_whose_only_source_fails_says_why(tmp_path, monkeypatch):
    write(tmp_path / "c.txt", PAGE.format(more=""))

    def fail(*_args, **_kwargs):
        raise IndexError("list index out of range")

    monkeypatch.setattr("transforms.normalize.pipeline.Normalizer.read_page", fail)
    with pytest.raises(NothingReadError, match=r"c\.txt: baocang could not read it"):
        run(tmp_path / "c.txt", tmp_path / "house")


def test_a_warehouse_is_rebuilt_from_its_own_sources(tmp_path, inbox, house):
    shutil.rmtree(inbox)
    build(BuildOptions(sources=[str(house)], warehouse=tmp_path / "again", issue_on=date(2031, 3, 2)))
    assert_same(rows(house, without=("first_run_id",)), rows(tmp_path / "again", without=("first_run_id",)))


def test_a_withdrawn_source_stays_out_and_is_on_record(inbox, house):
    name = str(inbox / "a.txt")
    manifest = withdraw([name], house)
    assert manifest.delta["documents"].removed == 1
    assert Warehouse(house).read("documents")["uri"].to_list() == [str(inbox / "b.txt")]
    assert run(inbox, house).state == "unchanged"
    states = dict(Store(house).known_sources().select("uri", "source_state").iter_rows())
    assert states == {name: "withdrawn", str(inbox / "b.txt"): "read"}
    assert Warehouse(house, snapshot=1).read("documents").height == 2
    withdraw([name], house, True)
    assert run(inbox, house).delta["documents"].added == 1


def test_withdraw_names_the_sources_there_are(house):
    with pytest.raises(UnknownSourceError, match=r"no such source: nothing.txt; sources: .*a.txt"):
        withdraw(["nothing.txt"], house)


def test_commands_on_the_warehouse(house):
    runner = CliRunner()
    listed = runner.invoke(app, ["snapshots", "-w", str(house), "--json"])
    assert json.loads(listed.stdout)["documents"] == 2
    assert runner.invoke(app, ["diff", "1", "1", "-w", str(house)]).exit_code == 0
    assert runner.invoke(app, ["diff", "1", "9", "-w", str(house)]).exit_code == 2
    assert "Snapshots removed: none" in runner.invoke(app, ["prune", "-w", str(house)]).stdout
    key = Warehouse(house).read("deal_parties").select(key_of("deal_parties")).to_series()
    assert all("|" in one for one in key)

"""The forms: what is known about pages is said once and asked for everywhere."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from flows.daily import _build_options
from flows.options import BackfillOptions, BuildOptions, InboxOptions, ReadingOptions


def test_the_inbox_is_built_with_every_option_of_reading() -> None:
    inbox = InboxOptions(
        warehouse=Path("w"),
        publication="报",
        page_label="A01",
        encoding="gb18030",
        text_field="body",
        title_field="head",
        id_field="nid",
        date_field="day",
        publication_field="paper",
        workers=2,
        engine="jieba",
        profile="flat",
        patches=Path("p.yml"),
        user_dict=Path("words.txt"),
        simplify=True,
        quarantine=True,
    )
    build = _build_options(inbox)
    assert build.sources == [str(inbox.inbox)]
    for name in ReadingOptions.model_fields:
        assert getattr(build, name) == getattr(inbox, name)
        assert getattr(build, name) != ReadingOptions.model_fields[name].default


@pytest.mark.parametrize(
    ("form", "first"), [(BuildOptions, "sources"), (InboxOptions, "inbox"), (BackfillOptions, "start_on")]
)
def test_a_form_begins_with_what_has_to_be_filled_in(form: type[BaseModel], first: str) -> None:
    fields = form.model_json_schema()["properties"]
    assert next(iter(fields)) == first
    assert all(field.get("title") and field.get("description") for field in fields.values())


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="sauces"):
        BuildOptions(sources=["x"], sauces=["y"])

from flows.options import BuildOptions
from flows.settings import Settings
from flows.tasks import reading_options


def test_reading_options_pass_fields_label_and_limits_on(monkeypatch) -> None:
    monkeypatch.setenv("BAOCANG_LIMITS", '{"cpu_seconds": 7}')
    options = BuildOptions(
        sources=["x"], page_label="A03", encoding="big5", text_field="body", date_field="day"
    )
    reading = reading_options(options, Settings())
    assert (reading.page_label, reading.limits.cpu_seconds) == ("A03", 7)
    assert (reading.fields.text, reading.fields.date, reading.fields.title) == ("body", "day", "title")

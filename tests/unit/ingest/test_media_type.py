import pytest

from transforms.ingest.media_type import sniff


@pytest.mark.parametrize("name", ["source.yml", "settings.YAML", "pyproject.toml", "desk.ini"])
def test_settings_beside_pages_are_no_pages(name: str) -> None:
    media = sniff(b"publication: x\n", name)
    assert media.kind == "unsupported"
    assert "sources.csv or sources.yml" in media.advice


def test_text_is_text_whatever_its_name() -> None:
    assert sniff("某报".encode(), "A03.ocr").kind == "text"

"""Where names of persons end, and goods, schools and roads that are called like persons."""

import pytest

from tests.unit.extract.test_names_in_briefs import named


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("被告人江某甲、江某乙犯盗窃罪。", {"江某甲", "江某乙"}),
        ("刘大、刘二、刘三都在城里打工。", {"刘大", "刘二", "刘三"}),
        ("图/文 周全 吴迪", {"周全", "吴迪"}),
        ("本报记者周全 本报通讯员吴迪", {"周全", "吴迪"}),
        ("韩商李先生来投资。", {"李先生"}),
        ("鲁锦是老手艺，郑麦366、周麦36长势好。", set()),
    ],
)
def test_ends(finder, text, persons):
    assert named(finder, "person", text) == persons


@pytest.mark.parametrize(
    ("text", "entity_type", "names"),
    [
        ("黄继光小学今年招生三百人。", "organization", {"黄继光小学"}),
        ("张桂梅学校招收女生。", "organization", {"张桂梅学校"}),
        ("杨靖宇路封闭施工。", "place", {"杨靖宇路"}),
        ("王强路过村口。", "person", {"王强"}),
        ("王芳大学毕业回到家乡。", "person", {"王芳"}),
        ("刘洋小学的同学都来了。", "person", {"刘洋"}),
    ],
)
def test_named_after_a_person(finder, text, entity_type, names):
    assert named(finder, entity_type, text) == names

import pytest

from transforms.normalize.quotes import direct_quotes


@pytest.mark.parametrize(
    ("text", "directed"),
    [
        ('他说:"好。"', "他说:“好。”"),
        ('"一""二"', "“一”“二”"),
        (
            '"下一步,我们加强合作。"他说,"双招双引"取得进展。',
            "“下一步,我们加强合作。”他说,“双招双引”取得进展。",
        ),
        ("读“云溪“与“东港“两篇", "读“云溪”与“东港”两篇"),
        ('say "hello"', 'say "hello"'),
        ("“未完的引语。", "“未完的引语。"),
    ],
)
def test_direct_quotes(text: str, directed: str) -> None:
    chars = list(text)
    for at, mark in direct_quotes(text):
        chars[at] = mark
    assert "".join(chars) == directed

"""What a build says about recognition: the engine, the guideline profile and patches of the user's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from flows.options import BuildOptions
from flows.resources import load_lookups
from transforms.extract.names.patches import SECTIONS, PatchError, Patches, read_dictionary


@dataclass(frozen=True)
class Recognition:
    """Decides, besides code and vocabularies, what the extract step makes of an article.

    Attributes:
        engine: A name of `load_recognizer`.
        profile: A name of `PROFILES`.
        patches: The user's patches as JSON with sorted keys, so that only a change of content counts; names
            of a user dictionary are among those to add.
        user_words: All words of a user dictionary, which keywords keep whole.
    """

    engine: str = "lac"
    profile: str = "default"
    patches: str = "{}"
    user_words: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: BuildOptions) -> Recognition:
        """Read what the options say.

        Raises:
            PatchError: The patch file or the user dictionary cannot be read or is none.
        """
        patches = {} if options.patches is None else read_patches(options.patches)
        names, words = ([], []) if options.user_dict is None else read_user_dict(options.user_dict)
        if names:
            patches = merge_patches({"add": names}, patches)
        content = json.dumps(patches, ensure_ascii=False, sort_keys=True)
        return cls(options.engine, options.profile, content, tuple(words))

    def lookups(self) -> dict[str, Any]:
        """The vocabularies with the user's patches over those of the package."""
        lookups = load_lookups()
        words = {**lookups["words"], "user_words": [*lookups["words"]["user_words"], *self.user_words]}
        patches = merge_patches(lookups["patches"], json.loads(self.patches))
        return {**lookups, "words": words, "patches": patches}


def read_patches(path: Path) -> dict[str, Any]:
    """Read a file in the format of `seeds/lookups/patches.yml`.

    Raises:
        PatchError: The file is missing, no YAML, or holds something that is no patch.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PatchError(f"{path}: {error}") from error
    try:
        Patches({"patches": content})
        json.dumps(content)
    except (PatchError, TypeError) as error:
        raise PatchError(f"{path}: {error}") from error
    return content or {}


def read_user_dict(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    """Read a user dictionary in jieba's format; see `read_dictionary`.

    Raises:
        PatchError: The file is missing, not UTF-8, or names something of one character.
    """
    try:
        return read_dictionary(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, PatchError) as error:
        raise PatchError(f"{path}: {error}") from error


def merge_patches(
    given: Mapping[str, list[Any] | None], over: Mapping[str, list[Any] | None]
) -> dict[str, list[Any]]:
    """Patches of both, section by section; of two for one name the later one holds."""
    return {section: [*(given.get(section) or ()), *(over.get(section) or ())] for section in SECTIONS}

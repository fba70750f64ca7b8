"""From decoded pages to blocks, articles and sentences, with every change and every damage on record."""

from transforms.normalize.offsets import OffsetError, add_raw_offsets
from transforms.normalize.pipeline import Normalizer

__all__ = ["Normalizer", "OffsetError", "add_raw_offsets"]

"""From decoded pages to blocks, articles and sentences, with every change and every damage on record."""

from transforms.normalize.offsets import OffsetError, RawOffsets
from transforms.normalize.pipeline import Normalizer

__all__ = ["Normalizer", "OffsetError", "RawOffsets"]

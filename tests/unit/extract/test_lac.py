import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from flows.resources import load_recognizer
from transforms.extract.engine import quantized
from transforms.extract.engine.parameters import (
    PARAMETER_FILES,
    ParameterError,
    fold_character,
    read_parameters,
)
from transforms.extract.engine.quantized import LEVELS, ZERO, QuantizedMatrices, encode
from transforms.extract.engine.recognizers import cut_windows

SENTENCES = [
    "东江市委常委、副市长李小明会见了海原大学校长王大伟。",
    "昨天，欧阳建国在北京表示：“我们将和德国合作。”",
    "他爱看《红楼梦》。",
    "好",
]
HAN = ["".join(map(chr, range(start, start + 50))) for start in range(0x4E00, 0x9F00, 50)]


@pytest.fixture(scope="module")
def recognizer():
    return load_recognizer("lac")


def spans(recognizer, text):
    frame = recognizer.recognize([text])
    return [(text[a:b], kind) for _, a, b, kind, _, _ in frame.iter_rows()]


def test_recognize_finds_persons_organizations_and_places(recognizer):
    assert spans(recognizer, SENTENCES[0]) == [
        ("东江市委", "organization"),
        ("李小明", "person"),
        ("海原大学", "organization"),
        ("王大伟", "person"),
    ]


def test_recognize_reads_half_width_punctuation_alike(recognizer):
    half = SENTENCES[1].replace("，", ",").replace("：", ":").replace("“", '"').replace("”", '"')
    assert spans(recognizer, half) == spans(recognizer, SENTENCES[1])


def test_tags_and_shares_do_not_depend_on_the_batch(recognizer):
    tagger = recognizer._tagger
    tags, shares = tagger.tag(SENTENCES)
    alone = [tagger.tag([sentence]) for sentence in SENTENCES]
    assert np.array_equal(tags, np.concatenate([t for t, _ in alone]))
    assert np.array_equal(shares, np.concatenate([s for _, s in alone]))
    assert shares.max() > 0.9


def test_numpy_alone_gives_the_same_bits(recognizer, monkeypatch):
    monkeypatch.setattr(quantized, "onnxruntime", None)
    load_recognizer.cache_clear()
    alone = load_recognizer("lac")
    load_recognizer.cache_clear()
    assert alone.recognize(SENTENCES).equals(recognizer.recognize(SENTENCES))


@pytest.mark.parametrize("variables", [{"OPENBLAS_CORETYPE": "Nehalem"}, {"OPENBLAS_CORETYPE": "Haswell"}])
def test_shares_do_not_depend_on_the_processor(recognizer, variables):
    code = (
        "import hashlib; from flows.resources import load_recognizer;"
        "from tests.unit.extract.test_lac import HAN;"
        "print(hashlib.sha256(load_recognizer('lac')._tagger.tag(HAN)[1]).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | variables, capture_output=True, check=True, text=True
    )
    assert told.stdout.strip() == hashlib.sha256(recognizer._tagger.tag(HAN)[1]).hexdigest()


@pytest.mark.parametrize("rows", [1, 2, 33])
def test_product_of_codes_is_exact(rows):
    random = np.random.default_rng(0)
    weight = random.standard_normal((128, 40)).astype(np.float32)
    # Both neighbours as large as they get: no product may run over 16 bits.
    weight[:, 0] = 1
    bias = random.standard_normal(40).astype(np.float32)
    codes = random.integers(1, 256, (rows, 128)).astype(np.uint8)
    codes[0] = 255
    matrices = QuantizedMatrices([weight, -weight], [bias, bias])
    values = (codes.astype(np.float64) - ZERO) / LEVELS
    for product, rounded in zip(matrices.multiply(codes), matrices.weights, strict=True):
        assert np.allclose(product, values @ rounded.astype(np.float64) + bias, atol=1e-4)
    assert np.allclose(matrices.weights, [weight, -weight], atol=np.abs(weight).max() / LEVELS)


def test_encode_rounds_to_the_nearest_level():
    values = np.array([[-1, -0.5, 0, 0.004, 1]], np.float32)
    codes = np.empty(values.shape, np.uint8)
    encode(values, np.empty_like(values), codes)
    assert codes.tolist() == [[1, 65, 128, 129, 255]]


def test_recognize_accepts_empty_and_unknown_characters(recognizer):
    frame = recognizer.recognize(["", "\ud800𠮷\n", "", "张三丰来了"])
    assert set(frame["text_index"]) <= {1, 3}


def test_recognize_without_texts_keeps_the_schema(recognizer):
    assert recognizer.recognize([]).schema == recognizer.recognize(SENTENCES).schema


@pytest.mark.parametrize("text", ["", "好" * 1001, "好，" * 400, "好。" * 700 + "好" * 900])
def test_cut_windows_tiles_the_text(text):
    windows = list(cut_windows(text, 400))
    assert "".join(text[a:b] for a, b in windows) == text
    assert all(0 < b - a <= 400 for a, b in windows)


@pytest.mark.parametrize(
    ("character", "folded"), [("，", ","), ("Ａ", "a"), ("《", "《"), ("㎡", "㎡"), ("İ", "İ")]
)
def test_fold_character_keeps_one_character(character, folded):
    assert fold_character(character) == folded


def test_read_parameters_names_what_is_missing():
    with pytest.raises(ParameterError, match="word_emb"):
        read_parameters({name: b"" for name in PARAMETER_FILES if "word_emb" not in name})


def test_jieba_engine_keeps_offsets():
    text = "王小明在北京大学  读书，去过上海。"
    frame = load_recognizer("jieba").recognize([text])
    found = {(text[a:b], kind) for _, a, b, kind, _, _ in frame.iter_rows()}
    assert ("上海", "place") in found
    assert ("北京大学", "organization") in found


def test_unknown_engine_names_the_known_ones():
    with pytest.raises(ValueError, match="lac, jieba"):
        load_recognizer("crystal")

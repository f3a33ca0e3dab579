"""Models by folder: any sentence-transformers model on a transformer, in both precisions."""

import subprocess
import sys

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from kb.encoder import load_encoder
from kb.encoder_models import load_int8
from kb.errors import EncoderError

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *["the", "guest", "may", "leave", "before", "noon", "and", "pay", "later"],
]
TEXT = "the guest may leave before noon"

LOAD = """
import sys
from pathlib import Path
from kb.encoder import load_encoder
print(load_encoder(sys.argv[1], cache=Path(sys.argv[2])).encode_query("the guest").pooled.tolist())
"""


def tokenizer() -> Tokenizer:
    """A tokenizer of whole words."""
    made = Tokenizer(WordLevel({word: index for index, word in enumerate(WORDS)}, "[UNK]"))
    made.pre_tokenizer = BertPreTokenizer()
    marks = [("[CLS]", 2), ("[SEP]", 3)]
    made.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=marks)
    made.add_special_tokens(WORDS[:4])
    return made


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The folder of a BERT of two layers with random weights, mean pooling and one prompt."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("small")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=24,
    )
    BertModel(config).save_pretrained(folder / "bert")
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer(), pad_token="[PAD]", unk_token="[UNK]", model_max_length=24
    )
    fast.save_pretrained(folder / "bert")
    model = SentenceTransformer(
        modules=[Transformer(str(folder / "bert")), Pooling(32)],
        prompts={"query": "may the "},
        device="cpu",
    )
    model.save(str(folder / "model"), create_model_card=False)
    return str(folder / "model")


def test_any_bert_runs_in_both_precisions(small, tmp_path):
    """The int8 form keeps pooling and prompts, and is near the float32 one."""
    exact = load_encoder(small, precision="float32", cache=tmp_path)
    quick = load_encoder(small, precision="int8", cache=tmp_path)
    assert (exact.spec.dim, exact.spec.query_prompt, exact.spec.passage_prompt) == (
        32,
        "may the ",
        "",
    )
    assert (quick.spec.dim, quick.spec.query_prompt) == (32, "may the ")
    one, other = exact.encode_query(TEXT), quick.encode_query(TEXT)
    assert one.pooled @ other.pooled > 0.99
    assert one.tokens.shape == other.tokens.shape == (6, 32)


@pytest.mark.parametrize("precision", ["float32", "int8"])
def test_the_vectors_are_those_of_sentence_transformers(small, tmp_path, precision):
    """For a text that the model reads at once, its own `encode` says the same."""
    from sentence_transformers import SentenceTransformer

    encoder = load_encoder(small, precision=precision, cache=tmp_path)
    plain = SentenceTransformer(small, device="cpu")
    model = plain if precision == "float32" else load_int8(small, tmp_path)
    expected = model.encode_query(TEXT, normalize_embeddings=True)
    assert np.allclose(encoder.encode_query(TEXT).pooled, expected, atol=1e-5)


def test_sentence_transformers_own_batches_run_on_the_int8_form(small, tmp_path):
    """Texts of different lengths, one of them too long, go through in one call."""
    vectors = load_int8(small, tmp_path).encode(["the guest", TEXT, "pay later " * 40])
    assert vectors.shape == (3, 32)
    assert np.isfinite(vectors).all()


def test_a_text_longer_than_the_model_reads_is_windowed(small, tmp_path):
    """24 positions with the prompt and two marks: the words of a long text all have a vector."""
    encoder = load_encoder(small, precision="float32", cache=tmp_path)
    encoding = encoder.encode_query("the guest may pay later " * 20)
    assert encoding.tokens.shape == (100, 32)
    assert np.isclose(np.linalg.norm(encoding.pooled), 1, atol=1e-5)


def test_a_damaged_int8_form_is_made_again(small, tmp_path):
    """One byte of the weights is enough to make it new, and the vectors stay."""
    before = load_encoder(small, cache=tmp_path).encode_query(TEXT)
    (path,) = tmp_path.glob("*int8*/model.onnx")
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    after = load_encoder(small, cache=tmp_path).encode_query(TEXT)
    assert path.read_bytes() != damaged
    assert np.array_equal(before.pooled, after.pooled)


def test_two_processes_that_start_at_once_load_the_same_model(small, tmp_path):
    """Both come up, with the same vectors, from an empty cache."""
    command = [sys.executable, "-c", LOAD, small, str(tmp_path)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    one, other = (process.communicate(timeout=120)[0] for process in processes)
    assert one == other != ""


def test_a_model_that_is_not_there_is_refused(tmp_path):
    """The message names the model and what it may be."""
    expected = r"absent.*expected 'handbook-e5-small', 'multilingual-e5-small', a folder"
    with pytest.raises(EncoderError, match=expected):
        load_encoder(str(tmp_path / "absent"), cache=tmp_path)


@pytest.mark.parametrize("precision", ["float32", "int8"])
def test_a_model_without_a_transformer_is_refused(tmp_path, precision):
    """A table of words has no vector a token that knows its neighbours."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    table = StaticEmbedding(tokenizer(), embedding_dim=8)
    SentenceTransformer(modules=[table], device="cpu").save(
        str(tmp_path / "table"), create_model_card=False
    )
    with pytest.raises(EncoderError, match="begins with StaticEmbedding"):
        load_encoder(str(tmp_path / "table"), precision=precision, cache=tmp_path)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("intfloat/multilingual-e5-base", ("query: ", "passage: ")), ("acme/my-bert", ("", ""))],
)
def test_e5_models_of_the_hub_get_the_prompts_that_they_do_not_declare(name, wanted):
    """Their files leave the prompts out, and without them they find worse."""
    from kb.encoder import _prompts

    assert _prompts(name, {"query": "", "document": ""}) == wanted

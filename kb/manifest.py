"""What a generation says of itself: schema, encoder, counts, and the checksum of every file."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.encoder import EncoderSpec
from kb.errors import GenerationCorrupt

SCHEMA = 4
FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of `manifest.json`. `files` maps a file's name to its sha256.

    `recipe` identifies the code that cleaned and cut the text: another recipe, another library.
    """

    schema: int
    generation: str
    created: str
    recipe: str
    encoder: EncoderSpec
    documents: int
    passages: int
    tokens: int
    files: dict[str, str]

    def save(self, folder: Path) -> None:
        """Write the manifest into `folder`, with a checksum of its own."""
        fields = {**asdict(self), "checksum": self.checksum()}
        text = json.dumps(fields, ensure_ascii=False, indent=1)
        (folder / FILE).write_text(text + "\n", "utf8")

    def checksum(self) -> str:
        """What the fields come to, so that a flipped byte in the manifest itself is seen."""
        fields = json.dumps(asdict(self), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(fields.encode("ascii")).hexdigest()


def load(folder: Path) -> Manifest:
    """Read the manifest of the generation in `folder`.

    Raises GenerationCorrupt where it is missing, malformed or of another schema.
    """
    path = folder / FILE
    try:
        fields = json.loads(path.read_text("utf8"))
        if fields["schema"] != SCHEMA:
            raise GenerationCorrupt(
                f"{path}: written in schema {fields['schema']}, this version reads {SCHEMA}: "
                "run `kb ingest` again to rebuild it"
            )
        checksum = fields.pop("checksum")
        manifest = Manifest(**{**fields, "encoder": EncoderSpec(**fields["encoder"])})
        if manifest.checksum() != checksum:
            raise ValueError("its checksum does not hold")
        return manifest
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GenerationCorrupt(
            f"{path}: not a readable manifest ({error}): roll back or run `kb ingest` again"
        ) from error


def check(manifest: Manifest, folder: Path) -> None:
    """Compare every file of `folder` with its checksum.

    Raises GenerationCorrupt naming the first file that is missing or differs.
    """
    for name, expected in manifest.files.items():
        path = folder / name
        found = sha256(path) if path.is_file() else "no such file"
        if found != expected:
            raise GenerationCorrupt(
                f"{path}: its sha256 is {found}, the manifest says {expected}: it is damaged; "
                "the generation before it stays in use; run `kb ingest` again to replace it"
            )


def sha256(path: Path) -> str:
    """Checksum of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

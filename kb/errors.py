"""The error tree. A message says what, which value, what was expected, and what to do next.

HandbookError
├── SourceError          a file that cannot be read: the report names it, the rest goes on
│   ├── UnsupportedFormat
│   ├── EmptySource
│   ├── EncryptedSource
│   ├── CorruptSource
│   └── SourceTooLarge   in bytes, pages, memory or time
├── NothingReadable      no file could be read, so nothing was published
├── EncoderError         the embedding model cannot be loaded or made
├── LibraryError
│   ├── LibraryMissing
│   ├── LibraryLocked    another process is writing to it
│   ├── GenerationCorrupt
│   └── EncoderMismatch
├── InvalidQuery
├── UnknownDocument
├── UnknownPassage
├── InvalidSetting
└── InvalidQuestion      a row of a file of judged questions
"""


class HandbookError(Exception):
    """Base of every error that this service raises on purpose."""


class SourceError(HandbookError):
    """A file cannot be read."""


class UnsupportedFormat(SourceError):
    """No reader knows the format."""


class EmptySource(SourceError):
    """The file holds no text."""


class EncryptedSource(SourceError):
    """The file wants a password."""


class CorruptSource(SourceError):
    """The file is damaged, or is not what it says it is."""


class SourceTooLarge(SourceError):
    """Reading the file passed a limit on bytes, pages, memory or time."""


class NothingReadable(HandbookError):
    """None of the files could be read, so nothing was published."""


class EncoderError(HandbookError):
    """The embedding model cannot be loaded or made."""


class LibraryError(HandbookError):
    """Something is wrong with a library on disk."""


class LibraryMissing(LibraryError):
    """There is no published generation to open."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""


class GenerationCorrupt(LibraryError):
    """A generation's files are not those that its manifest lists."""


class EncoderMismatch(LibraryError):
    """A generation was built with another encoder than the one asked for."""


class InvalidQuery(HandbookError):
    """A question, or an option of it, that cannot be searched."""


class UnknownDocument(HandbookError):
    """No document of the library has this id."""


class UnknownPassage(HandbookError):
    """No passage of the library has this id."""


class InvalidSetting(HandbookError):
    """A setting has a value that cannot be used."""


class InvalidQuestion(HandbookError):
    """A row of a file of judged questions is malformed."""

"""Haystack: file converters, recursive splitter, in-memory store; hybrid is its joiner with BM25.

The store's BM25 is given an expression that takes each Chinese character for a word, since by
default it takes a whole run for one; the joiner fuses by reciprocal rank, as the hybrid tutorial.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.converters import MultiFileConverter
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import RecursiveDocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from eval.peers.serve import (
    LENGTH,
    OVERLAP,
    PASSAGE_PROMPT,
    QUERY_PROMPT,
    SENTENCE_ENDS,
    TOP_K,
    WORD,
    Found,
    readable,
    serve,
)

SEPARATORS = ["\n\n", "\n", f"[{''.join(SENTENCE_ENDS)}]", r"\. ", " "]


class Haystack:
    """Two query pipelines over the same document store."""

    def __init__(self, encoder: Path) -> None:
        asked = {"model": str(encoder), "normalize_embeddings": True, "progress_bar": False}
        self._encoder = SentenceTransformersTextEmbedder(prefix=QUERY_PROMPT, **asked)
        self._embedder = SentenceTransformersDocumentEmbedder(prefix=PASSAGE_PROMPT, **asked)
        self._encoder.warm_up()
        self._embedder.warm_up()
        self._converter = MultiFileConverter()
        self._splitter = RecursiveDocumentSplitter(
            split_length=LENGTH, split_overlap=OVERLAP, split_unit="char", separators=SEPARATORS
        )

    def files(self, paths: Sequence[str]) -> tuple[int, list[str]]:
        """Convert and split the files."""
        documents, unreadable = readable(paths, self._load)
        return self._hold(self._splitter.run(documents)["documents"]), unreadable

    def texts(self, texts: Mapping[str, str]) -> int:
        """Hold a document a text."""
        return self._hold(
            [Document(content=text, meta={"source": name}) for name, text in texts.items()]
        )

    def ask(self, mode: str, query: str) -> list[Found]:
        """Run the dense or the hybrid pipeline."""
        if mode == "hybrid":
            asked = {"encoder": {"text": query}, "words": {"query": query}}
            documents = self._hybrid.run(asked)["joiner"]["documents"]
        else:
            documents = self._dense.run({"encoder": {"text": query}})["vectors"]["documents"]
        return [Found(each.meta["source"], each.content) for each in documents]

    def encode(self, query: str) -> object:
        """Encode as the pipelines do."""
        return self._encoder.run(text=query)

    def _load(self, path: str) -> list[Document]:
        documents = self._converter.run(sources=[path], meta={"source": path})["documents"]
        if not documents:
            raise ValueError("no converter read it")
        return list(documents)

    def _hold(self, documents: list[Document]) -> int:
        store = InMemoryDocumentStore(
            bm25_tokenization_regex=WORD, embedding_similarity_function="cosine"
        )
        store.write_documents(self._embedder.run(documents)["documents"])
        self._dense = self._pipeline(store)
        self._hybrid = self._pipeline(store)
        self._hybrid.add_component("words", InMemoryBM25Retriever(store, top_k=TOP_K))
        self._hybrid.add_component(
            "joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=TOP_K)
        )
        self._hybrid.connect("words", "joiner")
        self._hybrid.connect("vectors", "joiner")
        return len(documents)

    def _pipeline(self, store: InMemoryDocumentStore) -> Pipeline:
        asked = {"prefix": QUERY_PROMPT, "normalize_embeddings": True, "progress_bar": False}
        encoder = SentenceTransformersTextEmbedder(model=self._encoder.model, **asked)
        pipeline = Pipeline()
        pipeline.add_component("encoder", encoder)
        pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=TOP_K))
        pipeline.connect("encoder.embedding", "vectors.query_embedding")
        return pipeline


if __name__ == "__main__":
    serve(Haystack)

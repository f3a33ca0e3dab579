"""LlamaIndex: directory reader, sentence splitter, vector index; hybrid is its fusion with BM25.

BM25 is given a pattern that takes each Chinese character for a word, since by default it takes a
whole run for one. The splitter's 1,024 tokens are cut to 512, what the encoder reads.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from llama_index.core import Settings, SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import BaseNode, Document, MetadataMode, TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.readers.file import HTMLTagReader
from llama_index.retrievers.bm25 import BM25Retriever

from eval.peers.serve import (
    OVERLAP,
    PASSAGE_PROMPT,
    QUERY_PROMPT,
    TOP_K,
    WORD,
    Found,
    readable,
    serve,
)


class LlamaIndex:
    """A vector retriever and a fusion retriever over the same passages."""

    def __init__(self, encoder: Path) -> None:
        Settings.llm = None
        Settings.embed_model = self._embedding = HuggingFaceEmbedding(
            str(encoder), query_instruction=QUERY_PROMPT, text_instruction=PASSAGE_PROMPT
        )
        self._splitter = SentenceSplitter(chunk_size=512, chunk_overlap=OVERLAP)

    def files(self, paths: Sequence[str]) -> tuple[int, list[str]]:
        """Read and split the files."""
        documents, unreadable = readable(paths, _load)
        return self._hold(self._splitter.get_nodes_from_documents(documents)), unreadable

    def texts(self, texts: Mapping[str, str]) -> int:
        """Hold a passage a text."""
        return self._hold([TextNode(id_=name, text=text) for name, text in texts.items()])

    def ask(self, mode: str, query: str) -> list[Found]:
        """Ask the vector retriever or the fusion."""
        retriever = self._hybrid if mode == "hybrid" else self._dense
        return [_found(hit.node) for hit in retriever.retrieve(query)]

    def encode(self, query: str) -> object:
        """Encode as the vector retriever does."""
        return self._embedding.get_query_embedding(query)

    def _hold(self, passages: Sequence[BaseNode]) -> int:
        index = VectorStoreIndex(list(passages))
        self._dense = index.as_retriever(similarity_top_k=TOP_K)
        words = BM25Retriever.from_defaults(
            nodes=list(passages), similarity_top_k=TOP_K, token_pattern=WORD
        )
        self._hybrid = QueryFusionRetriever(
            [self._dense, words],
            similarity_top_k=TOP_K,
            num_queries=1,
            mode="reciprocal_rerank",
            use_async=False,
        )
        return len(passages)


def _load(path: str) -> list[Document]:
    pages = HTMLTagReader(tag="body")
    reader = SimpleDirectoryReader(
        input_files=[path], file_extractor={".html": pages, ".htm": pages}, raise_on_error=True
    )
    return list(reader.load_data())


def _found(passage: BaseNode) -> Found:
    source = passage.metadata.get("file_path", passage.node_id)
    return Found(source, passage.get_content(MetadataMode.NONE))


if __name__ == "__main__":
    serve(LlamaIndex)

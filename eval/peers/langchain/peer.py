"""LangChain: community loaders, recursive splitter, FAISS; hybrid is its ensemble with BM25.

The separators are those that its guide to splitting gives for languages without word boundaries;
BM25 is told to cut words with jieba, as by default it cuts at white space.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import jieba
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.document_loaders import (
    BSHTMLLoader,
    Docx2txtLoader,
    PyPDFLoader,
    TextLoader,
)
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.peers.serve import (
    LENGTH,
    OVERLAP,
    PASSAGE_PROMPT,
    QUERY_PROMPT,
    TOP_K,
    Found,
    readable,
    serve,
)

SEPARATORS = ["\n\n", "\n", " ", ".", ",", "\u200b", "，", "、", "．", "。", ""]


class LangChain:
    """A vector store and an ensemble over the same documents."""

    def __init__(self, encoder: Path) -> None:
        self._embeddings = HuggingFaceEmbeddings(
            model_name=str(encoder),
            encode_kwargs={"prompt": PASSAGE_PROMPT, "normalize_embeddings": True},
            query_encode_kwargs={"prompt": QUERY_PROMPT, "normalize_embeddings": True},
        )
        self._splitter = RecursiveCharacterTextSplitter(
            separators=SEPARATORS, chunk_size=LENGTH, chunk_overlap=OVERLAP
        )

    def files(self, paths: Sequence[str]) -> tuple[int, list[str]]:
        """Load and split the files."""
        documents, unreadable = readable(paths, _load)
        return self._hold(self._splitter.split_documents(documents)), unreadable

    def texts(self, texts: Mapping[str, str]) -> int:
        """Hold a document a text."""
        return self._hold(
            [Document(text, metadata={"source": name}) for name, text in texts.items()]
        )

    def ask(self, mode: str, query: str) -> list[Found]:
        """Ask the vector store or the ensemble."""
        retriever = self._hybrid if mode == "hybrid" else self._dense
        return [
            Found(each.metadata["source"], each.page_content) for each in retriever.invoke(query)
        ]

    def encode(self, query: str) -> object:
        """Encode as the vector store does."""
        return self._embeddings.embed_query(query)

    def _hold(self, documents: list[Document]) -> int:
        store = FAISS.from_documents(documents, self._embeddings)
        self._dense = store.as_retriever(search_kwargs={"k": TOP_K})
        words = BM25Retriever.from_documents(documents, preprocess_func=jieba.lcut, k=TOP_K)
        self._hybrid = EnsembleRetriever(retrievers=[words, self._dense], weights=[0.5, 0.5])
        return len(documents)


def _load(path: str) -> list[Document]:
    match Path(path).suffix.lower():
        case ".pdf":
            return list(PyPDFLoader(path).load())
        case ".docx":
            return list(Docx2txtLoader(path).load())
        case ".html" | ".htm":
            return list(BSHTMLLoader(path, open_encoding="utf-8").load())
        case _:
            return list(TextLoader(path, autodetect_encoding=True).load())


if __name__ == "__main__":
    serve(LangChain)

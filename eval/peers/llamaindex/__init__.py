"""LlamaIndex, as its documentation sets a retriever up."""

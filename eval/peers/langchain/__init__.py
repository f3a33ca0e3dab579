"""LangChain, as its documentation sets a retriever up."""

"""Haystack, as its documentation sets a retriever up."""

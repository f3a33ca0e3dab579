"""LangChain, LlamaIndex, Haystack and txtai at our tasks, beside our own search."""

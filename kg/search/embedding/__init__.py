"""Texts as vectors: sentence-transformers as the interface to every model (DESIGN.md §4.9)."""

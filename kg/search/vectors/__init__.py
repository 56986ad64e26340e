"""Vectors of passages that are kept, and the nearest ones: derived from the store as the index of words is.

A folder a model and version (``folders``): what is known of passages in a SQLite file (``kept``), their vectors as rows of
one file that is mapped into memory (``matrix``), and from a measured size on a graph of neighbours (``graph``). The
``index`` searches and catches up by the store's journal, ``embedding`` makes the vectors that are missing.
"""

"""A model of the language of the records: which words stand beside each other, learned from the store's own texts.

It is counts of single words, pairs and triples ("thu hồi đất"), kept by their folded form ("thu hoi dat"): a query
typed without accents reads a few dozen rows of a SQLite file and loads nothing. Beneath the store's counts lies a base
that needs no store (``base``). The file lies beside the index and is derived (``kept``).
"""

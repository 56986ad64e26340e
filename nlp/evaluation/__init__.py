"""How well records are read: annotated documents, measures, and the comparison with underthesea (``python -m nlp.evaluate``).

Strict and fuzzy in the sense of HIPE (Ehrmann et al., "Overview of HIPE 2022"): strict is the same string after
normalisation, fuzzy one that is like it. Lists are sets of distinct strings, as the annotations are: they say that a name
stands in the document, not at which offset.
"""

"""How well records are read: annotated documents, measures, and the comparison with underthesea (``python -m nlp.evaluate``).

Strict and fuzzy as HIPE counts them (Ehrmann et al., "Overview of HIPE 2022"): strict is the same string after
normalisation, fuzzy a string that is like it or, where the annotation says where a mention stands, one that overlaps it.
"""

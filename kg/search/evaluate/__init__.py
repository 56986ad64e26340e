"""How well the search finds: judged queries, measures, and the systems that are compared (``python -m kg.search.evaluate``).

The queries were written from reading the documents, as archivists and officials of communes ask (PRACTICE.md §2), before
any system answered them; what each was answered with was then judged too (pooling), so that a record is not marked down
because nobody had looked at it. They are never changed to suit a system.
"""

"""A delivery goes in: read, extract, link, store (DESIGN.md §2)."""

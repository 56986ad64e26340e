"""The graph and lists of it as files for other programs; what a reader may not see stays out (DESIGN.md §4.11)."""

"""From the text as read to the normalised text, with offsets back (DESIGN.md §6)."""

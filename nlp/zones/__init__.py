"""Where on the page things stand: lines, the head, what is not text of the document."""

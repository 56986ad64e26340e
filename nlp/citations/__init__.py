"""Legal acts that a record refers to, and what it does to them: the component is ``nlp.citations.component``."""

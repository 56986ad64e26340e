"""Who holds a file, and who must receive it: facts of the store beside the rules of ``ontology.custody``."""

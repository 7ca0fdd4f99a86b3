"""Review: what cleaning kept and removed of a document, for people to look at."""

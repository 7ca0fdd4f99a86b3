"""Fields: from the statements of a page to the facts of an article, or None."""

"""The learned part: which blocks of a page are the article's body."""

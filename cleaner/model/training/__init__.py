"""How the weights are made: `python -m cleaner.model.training CORPUS...`.

Needs the extra `news-cleaner[train]`; nothing here is imported at run time.
"""

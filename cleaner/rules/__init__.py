"""Noise rules: phrases as data, and finding them fast."""

from cleaner.rules.index import Found, Line
from cleaner.rules.ruleset import Rule, Rules, Scope, Signal, builtin

__all__ = ["Found", "Line", "Rule", "Rules", "Scope", "Signal", "builtin"]

"""Batch: many documents, none of which may cost another."""

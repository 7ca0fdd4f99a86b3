"""Doors to other tools: how their data comes in and goes out."""

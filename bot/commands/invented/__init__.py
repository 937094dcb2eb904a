"""Invented families, cases and messages for `mam demo seed`. The same seed makes the same data."""

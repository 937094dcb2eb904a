"""Measures what Mầm understands, on messages that no training saw."""

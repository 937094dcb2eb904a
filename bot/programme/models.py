"""The library's tables."""

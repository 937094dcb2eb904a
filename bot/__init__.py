"""Mầm: an assistant in Vietnamese for parents of young children, with people behind it."""

__version__ = "0.1.0"

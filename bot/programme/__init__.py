"""The library: articles, cards, sources; their editing; the search index."""

"""One module a channel. `telegram` sends; the web chat and the terminal read the table."""

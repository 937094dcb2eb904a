"""Conversations, the inbox, the outbox; one module a channel. Rows first: nothing lives in memory
alone.
"""

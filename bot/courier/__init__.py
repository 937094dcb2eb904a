"""The process between inbox and outbox: order, screen, Rasa or case, sending, schedule."""

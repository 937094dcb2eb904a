"""Vietnamese for Rasa and for the courier. Knows no Django."""

"""The Django project: settings, addresses, shared templates and theme."""

"""Tells other rooms that an account was locked or changed its role, without knowing them."""

from __future__ import annotations

from django.dispatch import Signal

# Sent with `user`, in the transaction of the change.
changed_role_or_locked = Signal()

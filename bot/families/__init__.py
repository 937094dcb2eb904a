"""Parents, their children, consent, export and erasure."""

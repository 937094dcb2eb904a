"""Pages of accounts: signing in with the second factor, one's own account, colleagues, the audit trail."""  # noqa: E501

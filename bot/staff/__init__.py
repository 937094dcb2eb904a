"""The people who work with Mầm: their roles, teams and hours, how they sign in, and the audit trail."""  # noqa: E501

"""Why a message could not be sent.

SendError
├── RetryLater   the channel asks for patience (seconds), or did not answer and surely sent nothing
├── Doubtful     we never heard whether it arrived
├── Blocked      the person has blocked Mầm
└── Refused      the channel will never take this message
"""

from __future__ import annotations


class SendError(Exception):
    """Base of what goes wrong when sending."""


class RetryLater(SendError):
    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(f"retry after {seconds}")
        self.seconds = seconds


class Doubtful(SendError):
    pass


class Blocked(SendError):
    pass


class Refused(SendError):
    pass

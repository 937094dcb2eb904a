"""Whether a message speaks of a pregnancy of now."""

from __future__ import annotations

import re

from bot.nlu.normalise import fold, normalise

PREGNANT = re.compile(
    r"\b(?:mang (?:thai|bau)|co (?:thai|bau)|bau bi|ba bau|me bau|dang bau|thai ky|thai nhi"
    r"|(?:bau|thai) (?:duoc |hon |moi )?\d+ ?(?:tuan|thang|w)|dot thai|thai may|sieu am thai"
    r"|kham thai|tam ca nguyet)\b"
)


def tells_pregnancy(text: str) -> bool:
    """True for "em đang bầu 20 tuần", "thai 32w", "đi khám thai"; with or without marks."""
    return bool(PREGNANT.search(fold(normalise(text))))

"""The library's tables."""

from bot.programme.models.content import (
    AgeVariant,
    Article,
    ArticleSource,
    CardSource,
    Danger,
    Domain,
    EmergencyCard,
    ReviewedContent,
    ReviewState,
    Source,
)
from bot.programme.models.derived import LibraryVersion, Passage, ShippedLibrary
from bot.programme.models.unanswered import UnansweredQuestion

__all__ = [
    "AgeVariant",
    "Article",
    "ArticleSource",
    "CardSource",
    "Danger",
    "Domain",
    "EmergencyCard",
    "LibraryVersion",
    "Passage",
    "ReviewState",
    "ReviewedContent",
    "ShippedLibrary",
    "Source",
    "UnansweredQuestion",
]

"""What is made of the library: the passages that the search compares, which version it is, and
which release was loaded.
"""

from __future__ import annotations

from django.db import models

from bot.programme.models.content import Article


class Passage(models.Model):
    """One text of a published article that the search compares with a question. `vector` is float16
    × 384.
    """

    class Kind(models.TextChoices):
        TITLE = "title", "tiêu đề"
        QUESTION = "question", "câu hỏi mẫu"
        PIECE = "piece", "đoạn"

    article = models.ForeignKey(Article, models.CASCADE, related_name="passages")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField()
    # As the search compares it: normalised, without marks.
    plain = models.TextField(default="")
    vector = models.BinaryField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class LibraryVersion(models.Model):
    """One row: a number that grows with every publish and unpublish; each process compares it with
    its own.
    """

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class ShippedLibrary(models.Model):
    """Which shipped library was loaded last, so that a start does not read it again."""

    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.digest[:12]

"""The texts of an article that the search compares with a question, and their vectors."""

from __future__ import annotations

from pathlib import Path

from bot.nlu.encoder import VectorCache, encode_many
from bot.nlu.scope import outside_questions
from bot.nlu.views import to_encode
from bot.programme.files import MORE, ContentFile, parse
from bot.programme.models import Passage

PIECE_CHARACTERS = 300


def passages_of(content: ContentFile) -> list[tuple[str, str]]:
    """(kind, text) of all that is searched: title, sample questions, how each piece begins.

    Not the doctor's part: it says much the same in every article.
    """
    pairs = [(Passage.Kind.TITLE, content.head["title"])]
    pairs += [(Passage.Kind.QUESTION, question) for question in content.head["questions"]]
    for heading in ("", MORE):
        for piece in content.parts.get(heading, "").split("\n***\n"):
            if piece.strip():
                pairs.append((Passage.Kind.PIECE, " ".join(piece.split())[:PIECE_CHARACTERS]))
    return [(str(kind), text) for kind, text in pairs]


def text_to_encode(text: str) -> str:
    """What the encoder reads of a text: as of a question, so that the two meet."""
    return to_encode(text)


def library_texts(folder: Path) -> list[str]:
    """What the encoder reads of a folder's live articles, and of the questions outside."""
    texts = [text_to_encode(text) for text in outside_questions()]
    for path in sorted((folder / "articles").rglob("*.md")):
        content = parse(path.read_text(encoding="utf-8"), path)
        if content.head["live"]:
            texts += [text_to_encode(text) for _, text in passages_of(content)]
    return texts


def warm_vectors() -> None:
    """Puts the vectors of the questions outside into the shared cache (`mam train`); those of
    articles come there when their passages are made.
    """
    encode_many([text_to_encode(text) for text in outside_questions()], VectorCache())

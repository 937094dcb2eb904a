"""What takes the alarm out of a sign: negation, past and over, a question in general, somebody
else's story, fiction, a pet, an idiom. A component of spaCy: `doc.spans["scopes"]` holds the words
of data/lexicon/scopes.yml, labelled with the scope; `reason` says which of them reaches a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from bot.nlu.pipeline import vietnamese
from bot.nlu.restore import restore
from bot.nlu.screen.alert import MEDICAL
from bot.nlu.screen.lexicon import LexiconError, Sign, index_of, read_lexicon

# Words that a negation reaches over; these it does not.
NEGATION_REACH = 4
PAUSES = frozenset(".!?;,:")
MESSAGE = "message"
REACHES = ("before", "words", "sentence", MESSAGE)
# Scopes that take nothing back: a wrong reading of them only adds.
GIVES = frozenset({"stop", "actual", "child"})
SENTENCES = {"punct_chars": [".", "!", "?", ";", "…"]}


@Language.component("mam_scopes")
def set_scopes(doc: Doc) -> Doc:
    """Finds the words of every scope. Where words without marks may be others ("con bo bu" is no
    cow), a scope that takes back must stand in the line with its marks put back, too.
    """
    found = [Span(doc, span.start, span.end, name) for name, span in index_of("scopes").find(doc)]
    if any(_is_doubtful(span) for span in found):
        read = vietnamese().make_doc(restore(doc.text))
        sure = {(name, span.start, span.end) for name, span in index_of("scopes").find(read)}
        found = [
            span
            for span in found
            if not _is_doubtful(span) or (span.label_, span.start, span.end) in sure
        ]
    doc.spans["scopes"] = found
    return doc


def _is_doubtful(span: Span) -> bool:
    return span.label_ not in GIVES and span.text.isascii()


def reason(doc: Doc, sign: Sign, at: Span | None, told: Sequence[Span] = ()) -> str | None:
    """Why a sign that stands at these words is no alarm, None where it is one. `at` None: it
    follows from numbers, scopes of the whole message count alone; `told` is then wherever words
    say the same, and it is an animal's when each of them is.
    """
    if at is not None:
        if any(_overlap(idiom, at) for idiom in _of(doc, "idiom")):
            return "idiom"
        if not sign.is_negation and is_negated(at):
            return "negation"
    is_actual = _reaches(doc, "actual", at)
    is_child = bool(_children(doc))
    if _reaches(doc, "fiction", at) and not (is_actual and is_child):
        return "fiction"
    places: Sequence[Span | None] = [at] if at is not None else told or [None]
    if sign.name != "animal_bite" and all(_is_of_animal(doc, place) for place in places):
        return "pet"
    if _reaches(doc, "question", at) and not is_actual:
        return "question"
    # What was done to a person is not over because it is past, nor less for being told by others.
    if sign.label != MEDICAL:
        return None
    is_settled = _reaches(doc, "settled", at)
    if _reaches(doc, "past", at) and (is_settled or not is_actual):
        return "past"
    return "other" if _reaches(doc, "other", at) and not is_actual else None


def is_actual(doc: Doc) -> bool:
    """Whether a message says that something is happening or has just happened."""
    return bool(_of(doc, "actual"))


def takes_back(words: str) -> bool:
    """Whether these words (lower case), standing before what tells danger, take it back."""
    doc = set_scopes(vietnamese().make_doc(" ".join(words.split()[-2 * NEGATION_REACH :])))
    return is_negated(doc[len(doc) : len(doc)])


def is_negated(at: Span) -> bool:
    """Whether the words before these take them back: "không bị …", "chưa thấy …"."""
    doc, first, words = at.doc, at.start, 0
    stops = {token.i for span in _of(doc, "stop") for token in span}
    while first > 0 and words < NEGATION_REACH and not _parts(doc[first - 1], stops):
        first -= 1
        words += not doc[first].is_space
    return any(first <= span.start and span.end <= at.start for span in _of(doc, "negation"))


def _parts(token: Token, stops: set[int]) -> bool:
    return token.text in PAUSES or token.i in stops


def _reaches(doc: Doc, name: str, at: Span | None) -> bool:
    spans = _of(doc, name)
    if at is None or _reach(name) == MESSAGE:
        return bool(spans)
    return any(span.sent.start <= at.start < span.sent.end for span in spans)


def _is_of_animal(doc: Doc, at: Span | None) -> bool:
    """Whether a sentence speaks of an animal and of no child, or all sentences do."""
    pets, children = _of(doc, "pet"), _children(doc)
    if at is not None and children:
        pets = [span for span in pets if span.sent == at.sent]
        children = [span for span in children if span.sent == at.sent]
    return bool(pets) and not children


def _children(doc: Doc) -> list[Span]:
    """Where a child is spoken of, elsewhere than in the name of an animal."""
    pets = _of(doc, "pet")
    return [s for s in _of(doc, "child") if not any(_overlap(s, pet) for pet in pets)]


def _of(doc: Doc, name: str) -> list[Span]:
    return [span for span in doc.spans["scopes"] if span.label_ == name]


def _overlap(one: Span, other: Span) -> bool:
    return bool(one.start < other.end and other.start < one.end)


@lru_cache(maxsize=16)
def _reach(name: str) -> str:
    reach = str(read_lexicon("scopes")[name].get("reach"))
    if reach not in REACHES:
        raise LexiconError(f"scopes.yml: {name}: reach {reach!r}")
    return reach

"""Names of people: what is said to be one, what stands after "bé", "chị", "bác sĩ", full names.

The patterns stand in bot.nlu.personal_rules; here is what else must hold, and what follows from
a name that was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans
from spacy.vocab import Vocab

from bot.nlu.personal_lists import is_listed, words
from bot.nlu.personal_rules import Rule, rules

JOINING = frozenset({"và", "va", "với", "vs", ",", "&", "hay", "-", "–"})
# Words before "tên" that may say what bears the name.
NEAR_WORDS = 3


@lru_cache(maxsize=1)
def _matcher(vocab: Vocab) -> tuple[Matcher, dict[int, Rule]]:
    """The matcher and the rule of each of its keys; one a process, as the pipeline is."""
    matcher, by_key = Matcher(vocab), {}
    for number, rule in enumerate(rules()):
        key = f"name-{number}"
        matcher.add(key, [rule.tokens()], greedy="LONGEST")
        by_key[vocab.strings[key]] = rule
    return matcher, by_key


@Language.component("mam_personal_names")
def find_names(doc: Doc) -> Doc:
    """Adds spans with the label "name" to `doc.spans["personal"]`."""
    found = filter_spans(list(_matched(doc)))
    found = filter_spans([*found, *_beside(doc, found)])
    found = filter_spans([*found, *_again(doc, found)])
    doc.spans["personal"] = [*doc.spans["personal"], *found]
    return doc


def _matched(doc: Doc) -> Iterator[Span]:
    matcher, by_key = _matcher(doc.vocab)
    found: list[Any] = matcher(doc, with_alignments=True)
    for key, start, _, places in found:
        rule = by_key[key]
        first, last = len(rule.before), len(rule.before) + len(rule.name)
        inside = [start + i for i, place in enumerate(places) if first <= place < last]
        span = _trimmed(doc, inside[0], inside[-1] + 1, said=rule.said)
        if span is not None and _stands(doc, span, rule, start):
            yield span


def _trimmed(doc: Doc, start: int, end: int, *, said: bool) -> Span | None:
    """Without words of kinship before the name; None where nothing else is left."""
    if start and _is_kin(doc[start - 1]) and _is_kin(doc[start]) and end - start > 1:
        # "con Bé Năm", "thằng Cu Tít"
        return Span(doc, start, end, label="name")
    while end - start > 1 and _is_kin(doc[start]):
        start += 1
    if not said and all("d" in token.tag_ or _is_kin(token) for token in doc[start:end]):
        return None
    return Span(doc, start, end, label="name")


def _is_kin(token: Token) -> bool:
    return any(letter in token.tag_ for letter in "Kkw")


def _stands(doc: Doc, span: Span, rule: Rule, start: int) -> bool:
    """Whether the name that a rule found from `start` on is one."""
    if rule.ends and not _ends(doc, span.end + len(rule.after)):
        return False
    if rule.free and span.start and "Q" in doc[span.start - 1].tag_:
        return False
    if rule.said:
        return _is_of_a_person(doc, span, start)
    if any("x" in token.tag_ and not set(token.tag_) & set("lBbIi") for token in span):
        return False
    if len(span) > 1:
        return True
    # "lấy chồng Hàn"
    is_country = "h" in span[0].tag_ and "r" in doc[start].tag_
    return len(span.text) > 1 and not is_country


def _is_of_a_person(doc: Doc, span: Span, start: int) -> bool:
    """Not "gọi tên không thưa", "thuốc này tên là …"."""
    if len(span.text) == 1:
        return False
    named = next(token for token in doc[start : span.start] if "T" in token.tag_)
    if named.i and is_listed(words("unnamed_before"), doc[named.i - 1].lemma_, loose=True):
        return any("L" in token.tag_ for token in doc[named.i : span.start])
    around = [*doc[max(0, start - NEAR_WORDS) : span.start]]
    if not set(span[0].tag_) & set("GgNn"):
        around.append(span[0])
    return not any(token.lemma_ in words("things").written for token in around)


def _ends(doc: Doc, place: int) -> bool:
    return place >= len(doc) or "E" in doc[place].tag_ or doc[place].is_punct or doc[place].is_space


def _beside(doc: Doc, found: list[Span]) -> Iterator[Span]:
    """ "gia huy và gia hân": what is joined to a name is a name."""
    tags = [token.tag_ for token in doc] + ["", ""]
    for span in found:
        first = span.end + 1
        if first >= len(doc) or doc[span.end].lemma_ not in JOINING:
            continue
        if set(tags[first]) & set("Bb") and set(tags[first + 1]) & set("Ii"):
            yield Span(doc, first, first + 2, label="name")
        elif "C" in tags[first] and set(tags[first]) & set("GgNn"):
            yield Span(doc, first, first + 1, label="name")


def _again(doc: Doc, found: list[Span]) -> Iterator[Span]:
    """A name found once is one wherever it is written likewise."""
    told = {tuple(token.text for token in span) for span in found if _is_sure(span)}
    for written in told:
        for start in range(len(doc) - len(written) + 1):
            if tuple(token.text for token in doc[start : start + len(written)]) == written:
                yield Span(doc, start, start + len(written), label="name")


def _is_sure(span: Span) -> bool:
    """Whether its words are more likely the name again than what else they mean."""
    return any(set(token.tag_) & set("CcGNB") for token in span) and "q" not in span[0].tag_

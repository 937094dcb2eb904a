"""Marks of Vietnamese letters: taking them off, putting tones on, and what a syllable may look
like.

Pure functions over lower-case NFC text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = {"́": 1, "̀": 2, "̉": 3, "̃": 4, "̣": 5}  # sắc huyền hỏi ngã nặng
TONE_MARKS = {number: mark for mark, number in TONES.items()}
VOWELS = "aăâeêioôơuưy"

ONSETS = sorted(
    "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x".split(),  # noqa: SIM905
    key=len,
    reverse=True,
)
RHYMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh
    ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om
    on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung uôc uôi uôm uôn uông uôt up
    ut uy uya uych
    uyên uyêt uynh uyt uyu uân uâng uât uây uê uêch uênh uơ uơn ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn
    ương ươp ươt ươu
    ưt ưu y yêm yên yêng yêt yêu ym ynh yt yu""".split()  # noqa: SIM905
)


def strip_tone(text: str) -> str:
    """Without tone marks, other marks kept: "giật" → "giât"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if c not in TONES)
    return unicodedata.normalize("NFC", bare)


def fold(text: str) -> str:
    """Lower case without any mark, đ as d: "Bé bị Giật" → "be bi giat"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def tone_of(syllable: str) -> int:
    """0 for no tone mark, else 1–5 (sắc, huyền, hỏi, ngã, nặng)."""
    for character in unicodedata.normalize("NFD", syllable):
        if character in TONES:
            return TONES[character]
    return 0


def split_onset(toneless: str) -> tuple[str, str]:
    """Onset and rhyme of a syllable without tone: "giat" → ("gi", "at"), "gi" → ("g", "i")."""
    for onset in ONSETS:
        if toneless.startswith(onset):
            rest = toneless[len(onset) :]
            if rest in RHYMES or (onset not in {"gi", "qu"} and rest):
                return onset, rest
    return "", toneless


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word can be one Vietnamese syllable, marks and all."""
    onset, rhyme = split_onset(strip_tone(word))  # noqa: RUF059
    if rhyme not in RHYMES:
        return False
    # A syllable that ends in a stop carries sắc or nặng only.
    return not (re.search(r"(c|ch|p|t)$", rhyme) and tone_of(word) in {2, 3, 4})


@lru_cache(maxsize=20_000)
def is_plain_syllable(word: str) -> bool:
    """Whether an unmarked word can be a syllable that lost its marks: "giat", "duong", "giuong"."""
    _, rhyme = split_onset(word)
    return rhyme in _PLAIN_RHYMES or (word.startswith("gi") and word[2:] in _PLAIN_RHYMES)


_PLAIN_RHYMES = frozenset(fold(rhyme) for rhyme in RHYMES)


def put_tone(toneless: str, tone: int) -> str:
    """The syllable with its tone in the modern place: ("hoa", 2) → "hoà"."""
    if not tone:
        return toneless
    onset, rhyme = split_onset(toneless)
    positions = [i for i, c in enumerate(rhyme) if c in VOWELS]
    if not positions:
        return toneless
    marked = [i for i in positions if rhyme[i] in "ăâêôơư"]
    if marked:
        at = marked[-1]
    elif len(positions) == 1:
        at = positions[0]
    elif positions[-1] < len(rhyme) - 1 or rhyme[:2] in {"oa", "oe", "uy"}:
        at = positions[1]
    else:
        at = positions[0]
    toned = unicodedata.normalize("NFC", rhyme[at] + TONE_MARKS[tone])
    return onset + rhyme[:at] + toned + rhyme[at + 1 :]

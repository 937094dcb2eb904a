"""Sounds that people write for each other (data/lexicon/sounds.tsv): l and n, s and x, tr and ch …"""  # noqa: E501

from __future__ import annotations

from functools import lru_cache

from bot.nlu.marks import is_syllable, split_onset, strip_tone, tone_of
from bot.nlu.tables import rows

TONE_NAMES = {"sắc": 1, "huyền": 2, "hỏi": 3, "ngã": 4, "nặng": 5}
FIRST, LAST, TONE = "đầu", "cuối", "dấu"


@lru_cache(maxsize=20_000)
def key_of(word: str) -> str:
    """The same for words that are written for each other; "" for what is no syllable."""
    if not is_syllable(word):
        return ""
    first, middle, last, tone = sounds_of(word)
    alike = _alike()
    parts = (
        alike[FIRST].get(first, first),
        middle,
        alike[LAST].get(last, last),
        alike[TONE].get(str(tone), str(tone)),
    )
    return "-".join(parts)


@lru_cache(maxsize=20_000)
def sounds_of(word: str) -> tuple[str, str, str, int]:
    """First consonants, vowels, last consonants and tone of a syllable."""
    first, rest = split_onset(strip_tone(word))
    # "gì" and "giết" sound like "gi" + "i", "gi" + "iêt".
    if first == "g" and rest.startswith("i"):
        first = "gi"
    elif first == "gi" and rest.startswith("ê"):
        rest = "i" + rest
    last = rest.lstrip("aăâeêioôơuưy")
    return first, rest[: len(rest) - len(last)], last, tone_of(word)


def differences(typed: str, meant: str) -> int:
    """In how many sounds two syllables differ."""
    return sum(a != b for a, b in zip(sounds_of(typed), sounds_of(meant), strict=True))


@lru_cache(maxsize=1)
def _alike() -> dict[str, dict[str, str]]:
    """Sound → the one that stands for all that it is mixed up with, by place in the syllable."""
    groups: dict[str, list[set[str]]] = {FIRST: [], LAST: [], TONE: []}
    for row in rows("sounds"):
        pair = {row["âm"], row["lẫn với"]}
        if row["chỗ"] == TONE:
            pair = {str(TONE_NAMES[name]) for name in pair}
        places = groups[row["chỗ"]]
        joined = [group for group in places if group & pair]
        groups[row["chỗ"]] = [group for group in places if not group & pair]
        groups[row["chỗ"]].append(pair.union(*joined))
    return {
        place: {sound: min(group) for group in all_ for sound in group}
        for place, all_ in groups.items()
    }

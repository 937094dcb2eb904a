"""The tables that a trainer extends hold together: no row twice, real words, nothing shadowed."""

import pytest

from bot.nlu.dialects import IN_REGION, MAYBE, REGIONS, SURE
from bot.nlu.known import known_phrases, words_of
from bot.nlu.marks import is_syllable
from bot.nlu.normalise import normalise
from bot.nlu.sounds import differences, key_of
from bot.nlu.tables import common, in_use, rows, tone_in_place

DIALECTS = [f"dialect-{region}" for region in REGIONS]
REPLACING = ["teencode", "slips", "spacing", *DIALECTS]


def words_in(table: str, column: str) -> list[str]:
    return [row[column] for row in rows(table)]


@pytest.mark.parametrize("table", REPLACING)
def test_nothing_is_listed_twice(table: str) -> None:
    typed = words_in(table, "viết")
    assert typed
    assert sorted(typed) == sorted(set(typed))


@pytest.mark.parametrize("table", ["slips", "spacing", *DIALECTS])
def test_what_is_meant_is_made_of_real_words(table: str) -> None:
    for row in rows(table):
        unknown = [word for word in words_of(row["nghĩa"]) if word not in in_use()]
        assert not unknown, row


@pytest.mark.parametrize("table", ["slips", "spacing", *DIALECTS])
def test_a_row_changes_something_and_its_meaning_is_not_changed_again(table: str) -> None:
    for row in rows(table):
        assert row["viết"] != row["nghĩa"], row
        if not row.get("khi"):
            assert normalise(row["nghĩa"]) == " ".join(words_of(row["nghĩa"])), row


@pytest.mark.parametrize("table", DIALECTS)
def test_a_dialect_word_alone_hides_no_common_word(table: str) -> None:
    for row in rows(table):
        assert row["khi"] in {SURE, IN_REGION, MAYBE}, row
        assert row["bỏ dấu"] in {"", "được"}, row
        typed = words_of(row["viết"])
        if len(typed) == 1 and row["khi"] == SURE:
            assert typed[0] not in common() or typed[0] in OFTEN_DIALECT, row


# Said so often that they are common too, and mean nothing else (or only in rows of kept.tsv).
OFTEN_DIALECT = frozenset("tui hông hổng ổng ẻm nỏ rứa mần sanh thiệt ẵm".split())  # noqa: SIM905


def test_a_slip_sounds_like_what_it_is_taken_for() -> None:
    for row in rows("slips"):
        typed, meant = words_of(row["viết"]), words_of(row["nghĩa"])
        assert len(typed) == len(meant), row
        assert typed not in known_phrases(), row
        assert any(differences(*pair) for pair in zip(typed, meant, strict=True)), row


def test_a_kept_phrase_is_kept() -> None:
    for row in rows("kept"):
        for written in row["giữ nguyên"].split("|"):
            assert normalise(written) == " ".join(words_of(written)), written


def test_everyday_company_is_kept() -> None:
    for row in rows("company"):
        for written in row["đi với"].split("|"):
            assert row["chữ"] in written.split(" "), written
            assert len(written.split(" ")) > 1, written


def test_words_in_use_are_syllables_with_their_tone_in_place() -> None:
    assert len(in_use()) > 4000
    assert common() < in_use()
    for word in in_use():
        assert is_syllable(word), word
        assert tone_in_place(word) == word


def test_a_sound_is_mixed_up_with_one_that_is_written() -> None:
    assert {row["chỗ"] for row in rows("sounds")} == {"đầu", "cuối", "dấu"}
    for row in rows("sounds"):
        for example in row["ví dụ"].split("; "):
            typed, meant = example.split(" → ")
            assert list(map(key_of, words_of(typed))) == list(map(key_of, words_of(meant))), example
            assert normalise(typed) == meant

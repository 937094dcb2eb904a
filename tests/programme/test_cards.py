"""Emergency cards: every sign of the screen has one, short enough to read with one hand."""

from pathlib import Path

import pytest
import yaml

from bot.programme.files import DONT, MEANWHILE, parse

ROOT = Path(__file__).resolve().parents[2]
CARDS = {
    path.stem: parse(path.read_text(encoding="utf-8"), path, is_card=True)
    for path in (ROOT / "data/programme/emergency").glob("*.md")
}


def test_every_sign_of_the_screen_leads_to_a_card_of_its_own() -> None:
    signs = yaml.safe_load((ROOT / "data/lexicon/danger_signs.yml").read_text(encoding="utf-8"))
    covered = {sign for card in CARDS.values() for sign in card.head["signs"]}
    by_age = {"choking": {"choking_infant", "choking_child"}}
    missing = [sign for sign in signs if not by_age.get(sign, {sign}) <= covered]
    assert missing == []


@pytest.mark.parametrize("slug", sorted(CARDS))
def test_a_card_is_short_says_what_not_to_do_and_whom_to_call(slug: str) -> None:
    card = CARDS[slug]
    lines = card.parts[""].splitlines()
    assert 3 <= len(lines) <= 6
    assert "{hotline:" in card.parts[""]
    assert card.parts[DONT]
    assert card.parts[MEANWHILE]
    assert card.head["review"]["state"] != "approved"

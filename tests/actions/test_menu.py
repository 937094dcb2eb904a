"""The menu leads to every topic and age, in lists that fit a phone."""

from __future__ import annotations

import json
import re

import pytest

from actions.menu import ActionBrowse, ActionMenu
from actions.paging import LIST_LENGTH
from bot.programme.models import Article, Domain
from tests.actions.family import TalkingFamily

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(db: None) -> TalkingFamily:
    return TalkingFamily()


def domains_of(family: TalkingFamily) -> set[str]:
    assert len(family.buttons) <= LIST_LENGTH
    found = [payload.partition("{") for _, payload in family.buttons if payload[:7] == "/browse"]
    return {json.loads("{" + rest)["domain"] for _, _, rest in found}


def test_every_topic_is_within_two_presses_and_no_list_is_longer_than_eight(
    family: TalkingFamily,
) -> None:
    family.presses(ActionMenu())
    first = domains_of(family)
    family.presses(ActionBrowse(), domain="more")
    assert set(Domain.values) <= first | domains_of(family)
    assert "/menu" in dict(family.buttons).values(), "a way back"


def test_by_age_the_articles_written_for_that_age_stand_first(family: TalkingFamily) -> None:
    family.presses(ActionBrowse(), domain="ages")
    ages = domains_of(family) - {"pregnancy"}
    for age in ages:
        months = int(age.removeprefix("age-"))
        family.presses(ActionBrowse(), domain=age)
        slugs = re.findall(
            r'"slug": *"([^"]+)"', " ".join(payload for _, payload in family.buttons)
        )
        shown = list(Article.objects.filter(slug__in=slugs))
        assert len(shown) == LIST_LENGTH
        assert all(article.age_from <= months < article.age_to for article in shown)
        family.presses(ActionBrowse(), domain=age, page="1")
        assert family.texts[0].startswith("Anh/chị chọn bài nhé. (9–16 trong")


def test_pregnancy_has_a_list_of_its_own(family: TalkingFamily) -> None:
    family.presses(ActionBrowse(), domain="pregnancy")
    count = Article.shown().filter(pregnancy=True).count()
    assert f"trong {count} bài" in family.texts[0]


def test_a_topic_that_is_none_says_so(family: TalkingFamily) -> None:
    family.presses(ActionBrowse(), domain="age-x")
    assert "chưa có bài" in family.texts[0]

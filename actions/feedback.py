"""After reading: whether an article helped, keeping it, passing it on."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions.paging import page_of
from actions.turn import Turn, TurnAction
from bot.families.models import Family, SavedArticle
from bot.families.services import save_article
from bot.messaging.links import article_link, telegram_link
from bot.messaging.models import InboundMessage
from bot.messaging.replies import reply
from bot.messaging.services import record_result
from bot.programme.models import Article
from bot.programme.services import log_unanswered, log_unhelpful

REASONS = ("other_question", "incomplete", "unclear", "other_age")


def _slug(turn: Turn) -> str:
    return str(turn.entity("slug") or turn.slot("last_article") or "")


class ActionHelpful(TurnAction):
    def name(self) -> str:
        return "action_helpful"

    def answer(self, turn: Turn) -> list[EventType]:
        record_result(turn.inbound_id, feedback={"slug": _slug(turn), "is_helpful": True})
        turn.say("utter_helpful_thanks")
        return []


class ActionNotHelpful(TurnAction):
    """The question whose answer did not fit goes to the trainers; why is one tap more."""

    def name(self) -> str:
        return "action_not_helpful"

    def answer(self, turn: Turn) -> list[EventType]:
        slug = _slug(turn)
        record_result(turn.inbound_id, feedback={"slug": slug, "is_helpful": False})
        _tell_trainers(turn, slug, "not_helpful")
        turn.say("utter_not_helpful", slug=slug)
        return [SlotSet("offered_reason", "low_rating")]


class ActionNotHelpfulBecause(TurnAction):
    def name(self) -> str:
        return "action_not_helpful_because"

    def answer(self, turn: Turn) -> list[EventType]:
        slug, reason = _slug(turn), str(turn.entity("reason"))
        if reason in REASONS:
            feedback = {"slug": slug, "is_helpful": False, "reason": reason}
            record_result(turn.inbound_id, feedback=feedback)
            _tell_trainers(turn, slug, reason)
        turn.say("utter_not_helpful_thanks")
        return [SlotSet("offered_reason", "low_rating")]


def _tell_trainers(turn: Turn, slug: str, reason: str) -> None:
    """What was asked when the article was shown; where nothing was, its title stands for it."""
    shown = turn.conversation.inbound.filter(result__answer__slug=slug).last()
    if shown is None:
        return
    key, months = f"not:{shown.pk}", turn.child_months
    asked = shown if _is_typed(shown) else _suggested_to(turn, slug, shown)
    if asked is not None:
        log_unanswered(asked.text, reason=reason, key=key, child_months=months)
    elif article := Article.shown().filter(slug=slug).first():
        log_unhelpful(article.title, reason=reason, key=key, child_months=months)


def _suggested_to(turn: Turn, slug: str, pressed: InboundMessage) -> InboundMessage | None:
    """The question before a press that waited for consent, or that offered this article."""
    before = [
        row
        for row in turn.conversation.inbound.filter(
            pk__lt=pressed.pk, kind=InboundMessage.Kind.TEXT, joined_to=None
        ).order_by("-pk")[:1]
        if _is_typed(row) and not row.result.get("answer")
    ]
    for row in before:
        offered = {hit["slug"] for hit in row.result.get("articles") or []}
        if row.result.get("held") or slug in offered:
            return row
    return None


def _is_typed(row: InboundMessage) -> bool:
    return row.kind == InboundMessage.Kind.TEXT and not row.text.startswith("/")


class ActionSaveArticle(TurnAction):
    """Kept where the family agreed to that."""

    def name(self) -> str:
        return "action_save_article"

    def answer(self, turn: Turn) -> list[EventType]:
        family = turn.conversation.family
        assert family is not None  # noqa: S101
        if family.consent != Family.Consent.AGREED:
            turn.say("utter_saved_not_kept")
        elif Article.shown().filter(slug=_slug(turn)).exists():
            save_article(family, _slug(turn))
            turn.say("utter_article_saved")
        else:
            turn.say("utter_article_gone")
        return []


class ActionShowSaved(TurnAction):
    """What was saved last stands first."""

    def name(self) -> str:
        return "action_show_saved"

    def answer(self, turn: Turn) -> list[EventType]:
        saved = SavedArticle.objects.filter(family=turn.conversation.family)
        slugs = list(saved.values_list("slug", flat=True))
        shown = Article.shown().filter(slug__in=slugs).in_bulk(field_name="slug")
        articles = [shown[slug] for slug in slugs if slug in shown]
        if not articles:
            turn.say("utter_saved_none")
            return []
        page = page_of(turn, articles, "utter_saved")
        said = reply("utter_saved", first=page.first, last=page.last, count=page.count)
        turn.write(said.text, page.buttons)
        return []


class ActionShareArticle(TurnAction):
    """A link that anybody can open, and one that opens the article in Telegram."""

    def name(self) -> str:
        return "action_share_article"

    def answer(self, turn: Turn) -> list[EventType]:
        article = Article.shown().filter(slug=_slug(turn)).first()
        if article is None:
            turn.say("utter_article_gone")
            return []
        links = [article_link(article.slug), telegram_link(article.slug)]
        known = [link for link in links if link]
        if known:
            turn.say("utter_share", title=article.title, links="\n".join(known))
        else:
            turn.say("utter_share_off")
        return []

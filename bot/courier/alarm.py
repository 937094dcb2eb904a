"""An alarm: the card at once, a question with buttons where one helps, the case for a person."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bot.counselling.services import forward_to_holder, held_case, open_case
from bot.messaging.models import Conversation, InboundMessage
from bot.messaging.replies import Reply, reply
from bot.messaging.services import add_to_alert, finish, queue_reply
from bot.nlu.screen.alert import MEDICAL, PRIVATE, Alert
from bot.programme.cards import Card, card_for
from bot.programme.pictures import pictures_of

# The same card again within this time is named in one line, not sent whole.
CARD_FRESH = timedelta(minutes=15)
# What a question of ours asks: whether it is so, whether it is safe to write.
CONFIRM, SAFETY = "confirm", "safety"


@transaction.atomic
def raise_alarm(conversation: Conversation, row: InboundMessage) -> bool:
    """The replies, and the case opened or raised; all in one transaction with the row's end.
    False: another lane or courier has done it.
    """
    assert row.alert is not None  # noqa: S101
    if not finish([row]):
        return False
    held = held_case(conversation) is not None
    case, _ = open_case(conversation, reason=row.alert["label"], alert=row.alert, raised_by=row)
    if held:
        forward_to_holder(case, row)
        return True
    card = card_for(row.alert)
    is_whole = card is not None and not _has_earlier(row, card=card.slug)
    said = _words(row, card if is_whole else None)
    if not _has_earlier(row, urgent=True):
        said.append(reply("utter_urgent_case", case_number=case.pk))
    asked = _question(row)
    # Whether it is safe to write comes before all else, whether it is so after the help.
    if asked == SAFETY:
        question = reply("utter_safe_to_write", about=row.pk)
        # Its buttons once more below, where a phone shows them.
        said = [question, *said[:-1], Reply(said[-1].text, question.buttons)]
    for number, part in enumerate(said):
        _queue(conversation, row, part, str(number))
    # The words first: a picture takes longer on a weak network.
    if card is not None and is_whole:
        for picture in pictures_of(card.slug)[:1]:
            queue_reply(
                conversation,
                picture.title,
                dedupe_key=f"in:{row.pk}:picture",
                inbound=row,
                attachment=picture.as_attachment(),
            )
    if asked == CONFIRM:
        _queue(conversation, row, reply("utter_confirm_danger", about=row.pk), CONFIRM)
    if asked:
        add_to_alert(row, asked=asked)
    return True


def _words(row: InboundMessage, card: Card | None) -> list[Reply]:
    """The card in its parts, or one line where it has just been sent."""
    assert row.alert is not None  # noqa: S101
    label = row.alert["label"]
    said: list[Reply] = []
    if card is None:
        said.append(reply(f"utter_still_{label}"))
    else:
        more = [
            reply(name, text=text).text
            for name, text in (
                ("utter_card_dont", card.dont),
                ("utter_card_meanwhile", card.meanwhile),
            )
            if text
        ]
        if label in PRIVATE:
            said.append(reply("utter_private_card", text=card.body))
            said.append(reply("utter_private_more", text="\n\n".join(more)))
        else:
            said += [Reply(text) for text in (card.body, *more)]
    if MEDICAL in row.alert["also"] or (
        label == "self_harm" and "medicine_overdose" in row.alert["signs"]
    ):
        # Life first, while the harm goes on.
        emergency = card_for({**row.alert, "label": MEDICAL}) if card else None
        first_aid = [reply("utter_private_more", text=emergency.body)] if emergency else []
        said = [reply("utter_also_115"), *first_aid, *said]
    elif PRIVATE.intersection(row.alert["also"]):
        said.append(reply("utter_also_private"))
    return said


def _question(row: InboundMessage) -> str | None:
    """What to ask with this alarm; nothing that was asked a moment ago."""
    assert row.alert is not None  # noqa: S101
    if row.alert["label"] in PRIVATE:
        asked = SAFETY
    elif Alert.from_dict(row.alert).is_unclear:
        asked = CONFIRM
    else:
        return None
    return None if _has_earlier(row, asked=asked) else asked


def _queue(conversation: Conversation, row: InboundMessage, said: Reply, part: str) -> None:
    queue_reply(
        conversation,
        said.text,
        dedupe_key=f"in:{row.pk}:{part}",
        buttons=said.buttons,
        inbound=row,
    )


def _has_earlier(row: InboundMessage, **known: str | bool) -> bool:
    """Whether an alert of the last minutes in this chat has these values."""
    earlier = InboundMessage.objects.filter(
        conversation=row.conversation, pk__lt=row.pk, received_at__gt=timezone.now() - CARD_FRESH
    )
    return any(
        all((alert or {}).get(key) == value for key, value in known.items())
        for alert in earlier.values_list("alert", flat=True)
    )

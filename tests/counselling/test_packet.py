"""What the console says of an alarm: the words, the rule, how sure, what the parent answered."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from bot.counselling.services import open_case
from bot.messaging.models import Channel
from bot.messaging.services import receive, save_alert
from bot.staff.accounts import add_staff

SIGN: dict[str, Any] = {
    "label": "medical_emergency",
    "urgent": True,
    "signs": ["convulsion"],
    "words": ["co giật", "<b>tím</b>"],
    "rule": "lexicon",
    "score": 0.974,
}
GUESS: dict[str, Any] = {**SIGN, "signs": [], "words": ["gọi mới"], "rule": "classifier"}


def shown(client: Client, alert: dict[str, Any]) -> str:
    """The case's page for a message with this alert."""
    row = receive(Channel.WEBCHAT, "phone", external_id="m1", text="bé co giật")
    assert row is not None
    save_alert(row, alert)
    case, _ = open_case(row.conversation, reason=alert["label"], alert=alert, raised_by=row)
    add_staff("lan", role="counsellor", password="mot-mat-khau-kha-dai")
    client.force_login(User.objects.get(username="lan"))
    return client.get(reverse("counselling:case", args=[case.pk])).content.decode()


@pytest.mark.django_db
def test_the_words_are_marked_and_never_become_markup(client: Client) -> None:
    page = shown(client, SIGN)
    assert "<mark>co giật</mark>" in page
    assert "<mark>&lt;b&gt;tím&lt;/b&gt;</mark>" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("alert", "why"),
    [
        (SIGN, "theo luật dấu hiệu: Bé đang co giật · chắc 97%"),
        ({**GUESS, "score": 0.42}, "theo phân loại câu chữ · chắc 42%"),
        ({**GUESS, "rule": "answer", "score": 1.0}, "ba mẹ trả lời câu hỏi về dấu hiệu"),
    ],
)
def test_a_counsellor_reads_how_it_was_found_and_how_sure(
    client: Client, alert: dict[str, Any], why: str
) -> None:
    assert why in strip_tags(shown(client, alert))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"asked": "confirm"}, "ba mẹ chưa trả lời"),
        ({"asked": "confirm", "answer": "yes"}, "đang bị như đã kể"),
        ({"asked": "confirm", "answer": "no"}, "bé vẫn ổn"),
        ({"asked": "confirm", "answer": "asking"}, "chỉ hỏi để biết"),
        ({"asked": "safety"}, "Chưa rõ ba mẹ viết ở đây có an toàn không"),
        ({"asked": "safety", "answer": "safe"}, "viết ở đây an toàn"),
        ({"asked": "safety", "answer": "unsafe"}, "KHÔNG an toàn"),
    ],
)
def test_a_counsellor_reads_what_the_parent_answered(
    client: Client, known: dict[str, str], told: str
) -> None:
    assert told in strip_tags(shown(client, {**GUESS, **known}))

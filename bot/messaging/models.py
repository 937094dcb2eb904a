"""Conversations and the two tables every message passes through: inbox and outbox.

The inbox row is written before an update is acknowledged; outbox rows in the transaction that
finishes their inbox row. `state` moves forward only, by `UPDATE … WHERE state = old`.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone


def new_sender_id() -> str:
    """Our own id of a conversation for Rasa's tracker; says nothing about the person."""
    return f"c-{secrets.token_hex(12)}"


def new_button_token() -> str:
    return secrets.token_urlsafe(12)


class Channel(models.TextChoices):
    TELEGRAM = "telegram", "Telegram"
    WEBCHAT = "webchat", "trò chuyện trên web"
    TERMINAL = "terminal", "dòng lệnh"
    # A counsellor's own chat with the bot: kept apart from what the same person asks as a parent.
    STAFF = "staff", "tư vấn viên trên Telegram"


class Conversation(models.Model):
    """One chat. `address` is the channel's own name of it (a Telegram chat id, a hash of the web
    key).
    """

    channel = models.CharField("kênh", max_length=10, choices=Channel)
    address = models.CharField("địa chỉ", max_length=80)
    sender_id = models.CharField(max_length=40, unique=True, default=new_sender_id, editable=False)
    # None: a chat of staff (the counsellors' group), not of a family.
    family = models.ForeignKey(
        "families.Family",
        models.CASCADE,
        null=True,
        related_name="conversations",
        verbose_name="gia đình",
    )
    is_blocked = models.BooleanField("đã chặn Mầm", default=False)
    leased_by = models.CharField(max_length=40, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_inbound_at = models.DateTimeField("tin đến gần nhất", null=True, blank=True)
    last_reply_at = models.DateTimeField("trả lời gần nhất", null=True, blank=True)
    outage_told_at = models.DateTimeField("đã báo gián đoạn lúc", null=True, blank=True)
    flood_told_at = models.DateTimeField("đã xin gửi chậm lại lúc", null=True, blank=True)
    typing_until = models.DateTimeField("đang soạn đến", null=True, blank=True)
    created_at = models.DateTimeField("bắt đầu", default=timezone.now)

    class Meta:
        verbose_name = "cuộc trò chuyện"
        verbose_name_plural = "cuộc trò chuyện"
        constraints = (
            models.UniqueConstraint(
                fields=("channel", "address"), name="conversation_once_per_address"
            ),
        )

    def __str__(self) -> str:
        return f"cuộc trò chuyện {self.pk}"


class InboundMessage(models.Model):
    """What a parent sent. `text` is kept exactly as it was typed."""

    class Kind(models.TextChoices):
        TEXT = "text", "chữ"
        BUTTON = "button", "nút bấm"
        EDITED = "edited", "tin sửa lại"
        PHOTO = "photo", "ảnh"
        VOICE = "voice", "giọng nói"
        VIDEO = "video", "video"
        STICKER = "sticker", "nhãn dán"
        LOCATION = "location", "vị trí"
        CONTACT = "contact", "danh bạ"
        DOCUMENT = "document", "tệp"
        OTHER = "other", "loại khác"

    class State(models.TextChoices):
        NEW = "new", "chờ xử lý"
        DONE = "done", "đã xử lý"
        SET_ASIDE = "set_aside", "để riêng vì lỗi"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="inbound")
    # Telegram's update_id, the browser's message id …; deduplicated by equality.
    external_id = models.CharField(max_length=80)
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.TEXT)
    text = models.TextField("nội dung", blank=True)
    # What the channel needs to fetch or show it later: {"file_id": …}, {"token": …},
    # {"message_id": …}.
    detail: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.NEW)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_attempt_at = models.DateTimeField("thử lại lúc", default=timezone.now)
    error = models.CharField("lỗi", max_length=200, blank=True)
    # Set when this row was read together with an earlier one.
    joined_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="joined"
    )
    # Alert of the danger screen as a dict, null when safe (bot.nlu.screen.Alert.as_dict).
    alert: models.JSONField[dict[str, Any] | None] = models.JSONField(
        "cảnh báo", null=True, blank=True
    )
    is_screened = models.BooleanField(default=False)
    # Set before Rasa is asked: after a crash its tracker is read before it is asked again.
    was_asked = models.BooleanField(default=False)
    # {"intent": {name, confidence}, "answer": {slug, score}, "articles": [{slug, title, score}]}
    result: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    received_at = models.DateTimeField("nhận lúc", default=timezone.now)
    handled_at = models.DateTimeField("xử lý lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tin đến"
        verbose_name_plural = "tin đến"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "external_id"), name="inbound_once_per_external_id"
            ),
        )
        indexes = (
            models.Index(
                fields=("next_attempt_at",), condition=models.Q(state="new"), name="inbound_waiting"
            ),
            models.Index(fields=("conversation", "received_at"), name="inbound_by_time"),
        )

    def __str__(self) -> str:
        return f"tin đến {self.pk}"


class SearchText(models.Model):
    """What a search reads of a conversation, a line a message, with marks and without; names, numbers
    and places are masked. The holder of the case alone also searches the lines as they were written.
    """  # noqa: E501

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="search_text"
    )
    # The rules that masked it: what older ones let stand is not searched.
    masked_by = models.CharField(max_length=12)
    # `last_inbound_at` of the conversation, and the messages that were read.
    read_until = models.DateTimeField()
    messages: models.JSONField[list[int]] = models.JSONField(default=list)
    # The long columns stand last, so that the others are read without them.
    marked = models.TextField(blank=True)
    plain = models.TextField(blank=True)
    own_marked = models.TextField(blank=True)
    own_plain = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"lời để tìm {self.pk}"


class OutboundMessage(models.Model):
    """What is to be sent. `dedupe_key` makes writing it twice the same as writing it once."""

    class Author(models.TextChoices):
        ASSISTANT = "assistant", "trợ lý"
        COUNSELLOR = "counsellor", "tư vấn viên"
        SYSTEM = "system", "thông báo"

    class State(models.TextChoices):
        PENDING = "pending", "chờ gửi"
        SENDING = "sending", "đang gửi"
        SENT = "sent", "đã gửi"
        FAILED = "failed", "không gửi được"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="outbound")
    inbound = models.ForeignKey(
        InboundMessage, models.CASCADE, null=True, blank=True, related_name="replies"
    )
    dedupe_key = models.CharField(max_length=80, unique=True)
    author = models.CharField("ai gửi", max_length=10, choices=Author, default=Author.ASSISTANT)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="tư vấn viên"
    )
    text = models.TextField("nội dung")
    # Keyboard rows as sent: [{"title": …, "token": …}]; tokens are rows of Button. A button that
    # opens a page has "url" instead.
    buttons: models.JSONField[list[dict[str, str]]] = models.JSONField(default=list, blank=True)
    # A file to send instead of a bare text: {"name", "media_type", "path"} under the data folder,
    # {"picture", …} of the library, or {"file_id", "kind"} that Telegram has already.
    attachment: models.JSONField[dict[str, str] | None] = models.JSONField(null=True, blank=True)
    state = models.CharField("tình trạng", max_length=8, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    # How many of those may have reached the parent though we never heard so.
    doubtful_attempts = models.PositiveSmallIntegerField("số lần không rõ", default=0)
    next_attempt_at = models.DateTimeField("thử lại lúc", default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField("lỗi", max_length=200, blank=True)
    # How many pieces of a long text have been sent, so that a retry goes on where it stopped.
    pieces_sent = models.PositiveSmallIntegerField(default=0)
    external_id = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tin gửi"
        verbose_name_plural = "tin gửi"
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=("next_attempt_at",),
                condition=models.Q(state__in=("pending", "sending")),
                name="outbound_waiting",
            ),
            # `SPOKEN` of bot.counselling.late: few lines of a long chat.
            models.Index(
                fields=("conversation", "id"),
                condition=models.Q(author="counsellor") | models.Q(staff__isnull=False),
                name="outbound_spoken",
            ),
        )

    def __str__(self) -> str:
        return f"tin gửi {self.pk}"


class Button(models.Model):
    """A button that we issued to one chat. Callback data is the token; the payload never leaves us."""  # noqa: E501

    token = models.CharField(
        max_length=24, primary_key=True, default=new_button_token, editable=False
    )
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="issued_buttons")
    title = models.CharField("chữ trên nút", max_length=64)
    # An intent with entities as Rasa reads it: /show_article{"slug": "…"}
    payload = models.CharField(max_length=400)
    issued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "nút"
        verbose_name_plural = "nút"

    def __str__(self) -> str:
        return self.title

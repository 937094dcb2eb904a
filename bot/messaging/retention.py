"""Keeps the promise of the first message: what is older than promised is erased (open cases
excepted).
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bot.families.models import Family
from bot.families.services import erase_family
from bot.messaging.models import (
    Button,
    Conversation,
    InboundMessage,
    OutboundMessage,
    SearchText,
)
from bot.messaging.tracker import forget_tracker_before

ASK_ONLY_HOURS = 24
logger = structlog.get_logger(__name__)


def keep_promises(families_with_open_case: set[int]) -> None:
    """Erases old messages, and families that asked without agreeing, a day after their last
    message.
    """
    now = timezone.now()
    old = now - timedelta(days=settings.MAM.retention_days)
    conversations = Conversation.objects.exclude(family_id__in=families_with_open_case)
    with transaction.atomic():
        gone, _ = OutboundMessage.objects.filter(
            conversation__in=conversations, created_at__lt=old
        ).delete()
        passed = InboundMessage.objects.filter(conversation__in=conversations, received_at__lt=old)
        changed = list(passed.values_list("conversation", flat=True).distinct().order_by())
        passed.delete()
        # After the messages: who reads them for a search at this moment has finished then. What is
        # left is read anew.
        SearchText.objects.filter(pk__in=changed).delete()
        Button.objects.filter(conversation__in=conversations, issued_at__lt=old).delete()
    open_cases = Conversation.objects.filter(family_id__in=families_with_open_case)
    forget_tracker_before(old.timestamp(), set(open_cases.values_list("sender_id", flat=True)))
    silent = now - timedelta(hours=ASK_ONLY_HOURS)
    not_agreed = Family.objects.exclude(consent=Family.Consent.AGREED).exclude(
        pk__in=families_with_open_case
    )
    recent = Conversation.objects.filter(Q(last_inbound_at__gte=silent) | Q(created_at__gte=silent))
    count = 0
    for family in (
        not_agreed.filter(conversations__isnull=False).exclude(conversations__in=recent).distinct()
    ):
        erase_family(family)
        count += 1
    logger.info("retention_kept", messages=gone, families=count)

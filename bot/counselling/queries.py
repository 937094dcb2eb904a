"""What the console reads: the queue, one case with its conversation and context. Never writes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case as When_
from django.db.models import Count, DateTimeField, F, IntegerField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from bot.counselling.models import Case
from bot.families.models import Child, Family
from bot.messaging.models import InboundMessage, OutboundMessage

SCOPES = ("all", "waiting", "mine", "closed")
CLOSED_SHOWN = 50

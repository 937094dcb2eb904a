"""A case that Lan holds, and a courier without Rasa."""

import pytest
from django.contrib.auth.models import User

from bot.counselling.models import Case
from bot.counselling.services import claim_case, open_case
from bot.courier.batch import BatchHandler
from tests.counselling.family import handler_without_rasa, says, staff


@pytest.fixture
def handler() -> BatchHandler:
    return handler_without_rasa()


@pytest.fixture
def lan(db: None) -> User:
    return staff("lan")


@pytest.fixture
def case(lan: User) -> Case:
    """Held by Lan."""
    opened, _ = open_case(says("chào", "m0").conversation, reason="asked")
    claim_case(opened, by=lan)
    return opened

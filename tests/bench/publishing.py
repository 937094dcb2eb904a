"""From a trainer's publish to an answer that holds the new words, in the running assistant."""

from __future__ import annotations

import time

EDITS = 5
QUESTION = "bé mấy tháng thì ăn dặm được ạ"
SLUG = "an-dam-bat-dau-khi-nao"


def seconds_to_live() -> list[float]:
    """Of each edit: from the beginning of the save to the reply. Raises when a reply is old."""
    from bot.commands.terminal import Start, answer, open_conversation, put, wait
    from bot.programme.models import Article

    times = []
    for number in range(EDITS):
        article = Article.objects.get(slug=SLUG)
        mark = f"Bản sửa {number}."
        article.first = f"{mark} {article.first.partition('. ')[2] or article.first}"
        conversation = open_conversation(Start())
        begun = time.monotonic()
        article.save()
        row = wait(put(conversation, text=QUESTION))
        replies = answer(row, conversation.address)["replies"]
        times.append(time.monotonic() - begun)
        if not any(mark in reply["text"] for reply in replies):
            raise AssertionError("the answer does not hold what was published")
    return times

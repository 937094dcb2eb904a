"""Addresses of the desk: what a counsellor does with cases beside claiming and answering."""

from django.urls import path

from bot.counselling.views import canned, desk, moving, worker

desk_urls = [
    path("bulk/", moving.bulk, name="bulk"),
    path("canned/", canned.canned_page, name="canned"),
    path("canned/<int:canned>/delete/", canned.delete, name="canned_delete"),
    path("sw.js", worker.worker, name="worker"),
    path("offline/", worker.offline, name="offline"),
    path("<int:pk>/assign/", moving.assign, name="assign"),
    path("<int:pk>/refuse/", moving.refuse, name="refuse"),
    path("<int:pk>/raise/", moving.raise_case, name="raise"),
    path("<int:pk>/move/", moving.move, name="move"),
    path("<int:pk>/take-over/", moving.take_over, name="take_over"),
    path("<int:pk>/snooze/", moving.snooze, name="snooze"),
    path("<int:pk>/second-reader/", moving.second_reader, name="second_reader"),
    path("<int:pk>/draft/", desk.draft, name="draft"),
    path("<int:pk>/presence/", desk.presence, name="presence"),
    path("<int:pk>/label/", desk.label, name="label"),
    path("<int:pk>/check/", desk.check, name="check"),
    path("<int:pk>/mark/", desk.mark, name="mark"),
    path("<int:pk>/article/", desk.article, name="send_article"),
    path("<int:pk>/suggestions/", desk.suggestions, name="suggestions"),
]

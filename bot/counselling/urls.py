"""Addresses of the counsellors' console, under /console/."""

from django.urls import path

from bot.counselling import follow_urls
from bot.counselling.board_urls import board_urls
from bot.counselling.clocks_urls import clocks_urls
from bot.counselling.desk_urls import desk_urls
from bot.counselling.staff_urls import staff_urls
from bot.counselling.views import acts, case, queue

app_name = "counselling"
urlpatterns = [
    path("", queue.queue_page, name="queue"),
    path("live/", queue.queue_live, name="queue_live"),
    path("<int:pk>/", case.case_page, name="case"),
    path("<int:pk>/live/", case.case_live, name="case_live"),
    path("<int:pk>/file/<int:inbound>/", case.file, name="file"),
    path("<int:pk>/claim/", acts.claim, name="claim"),
    path("<int:pk>/reply/", acts.answer, name="reply"),
    path("<int:pk>/note/", acts.note, name="note"),
    path("<int:pk>/release/", acts.release, name="release"),
    path("<int:pk>/close/", acts.close, name="close"),
    *desk_urls,
    *staff_urls,
    *board_urls,
    *clocks_urls,
    *follow_urls.urlpatterns,
]

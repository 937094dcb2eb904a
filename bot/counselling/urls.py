"""Addresses of the counsellors' console, under /console/."""

from django.urls import path

from bot.counselling import views

app_name = "counselling"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("live/", views.queue_live, name="queue_live"),
    path("<int:pk>/", views.case_page, name="case"),
    path("<int:pk>/live/", views.case_live, name="case_live"),
    path("<int:pk>/file/<int:inbound>/", views.file, name="file"),
    path("<int:pk>/claim/", views.claim, name="claim"),
    path("<int:pk>/reply/", views.answer, name="reply"),
    path("<int:pk>/note/", views.note, name="note"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/close/", views.close, name="close"),
]

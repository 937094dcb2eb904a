"""Addresses of what supervisors set, the roster, and calls for support."""

from django.urls import path

from bot.counselling.views import roster, settings, support

clocks_urls = [
    path("settings/", settings.settings_page, name="settings"),
    path("settings/targets/", settings.targets, name="targets"),
    path("settings/hours/", settings.hours, name="hours"),
    path("settings/days/", settings.add_day, name="add_day"),
    path("settings/days/<int:pk>/remove/", settings.remove_day, name="remove_day"),
    path("teams/", roster.teams_page, name="teams"),
    path("teams/new/", roster.team_page, name="new_team"),
    path("teams/<int:pk>/", roster.team_page, name="team"),
    path("teams/people/<int:pk>/", roster.person, name="person"),
    path("roster/", roster.roster_page, name="roster"),
    path("roster/add/", roster.add_shift, name="add_shift"),
    path("roster/<int:pk>/remove/", roster.remove_shift, name="remove_shift"),
    path("support/", support.support_page, name="support"),
    path("support/<int:pk>/answer/", support.answer_support, name="answer_support"),
]

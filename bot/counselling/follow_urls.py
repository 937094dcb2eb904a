"""Addresses of referrals, the directory of services, marks for trainers, counsellors' Telegram."""

from django.urls import path

from bot.counselling.views import marks, referral, services_directory, telegram_link

urlpatterns = [
    path("<int:pk>/referral/", referral.referral, name="referral"),
    path("services/", services_directory.services_page, name="services"),
    path("services/import/", services_directory.import_page, name="services_import"),
    path("services/export/<str:form>/", services_directory.export, name="services_export"),
    path(
        "services/template/<str:form>/",
        services_directory.export,
        {"is_template": True},
        name="services_template",
    ),
    path("marks/", marks.marks_page, name="marks"),
    path("marks/<int:pk>/settle/", marks.settle, name="settle_mark"),
    path("telegram/", telegram_link.telegram, name="telegram"),
    path("telegram/unlink/", telegram_link.unlink, name="telegram_unlink"),
]

"""Every address of the one public port."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as library_urls

from bot.site import health, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("dang-nhap/", views.SignIn.as_view(), name="login"),
    path("dang-xuat/", views.SignOut.as_view(), name="logout"),
    path("console/", include("bot.counselling.urls")),
    path("library/login/", views.library_sign_in),
    re_path(r"^library/(?:users|groups)/", views.library_staff),
    path("library/", include(library_urls)),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("bot.staff.urls")),
    path("", include("bot.programme.urls")),
    path("", include("bot.messaging.urls")),
]
handler400 = "bot.site.views.bad_request"
handler403 = "bot.site.views.forbidden"
handler404 = "bot.site.views.not_found"
handler500 = "bot.site.views.broken"

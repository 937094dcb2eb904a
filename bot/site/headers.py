"""Headers that tell a browser what pages of Mầm never do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

POLICY = "Permissions-Policy"
NOT_USED = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "bluetooth")
NEVER = ", ".join(f"{feature}=()" for feature in NOT_USED)
# Wagtail's admin writes scripts and styles into its pages; nothing comes from elsewhere here too.
LIBRARY = "/library/"
LIBRARY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class HeadersMiddleware(MiddlewareMixin):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response.headers.setdefault(POLICY, NEVER)
        if request.path.startswith(LIBRARY):
            response.headers.setdefault("Content-Security-Policy", LIBRARY_POLICY)
        return response

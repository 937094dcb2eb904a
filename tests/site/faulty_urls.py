"""The addresses of the project, and two at which something goes wrong."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import path

from bot.site import urls

BROKEN, NOT_READ = "/hong/", "/khong-doc-duoc/"


def breaks(request: HttpRequest) -> NoReturn:
    raise RuntimeError("so that the page of a fault is shown")


def cannot_be_read(request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation("so that the page of a request that is not read is shown")


urlpatterns = [
    path(BROKEN[1:], breaks),
    path(NOT_READ[1:], cannot_be_read),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

"""What makes the console installable: the service worker at its root, and the page that it shows
without a connection. Neither holds anything of a family, so both are public.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bot.programme.hotlines import hotlines


@cache_control(max_age=0, no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    return render(request, "counselling/sw.js", content_type="text/javascript")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "counselling/offline.html", {"ambulance": hotlines()["115"]["number"]})

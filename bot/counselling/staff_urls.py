"""Addresses of the console that guard what a parent wrote."""

from django.urls import path

from bot.counselling.views import masking

staff_urls = [path("<int:pk>/unmask/", masking.unmask, name="unmask")]

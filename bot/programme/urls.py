"""Addresses of the library's public pages."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from bot.programme import pages

app_name = "programme"
urlpatterns = [
    path("bai/", pages.list_page, name="list"),
    path("bai/rss.xml", pages.NewArticles(), name="feed"),
    path("bai/<slug:slug>/", pages.article_page, name="article"),
    path("hinh/<slug:name>.svg", pages.picture, name="picture"),
    path("sitemap.xml", sitemap, {"sitemaps": {"bai": pages.ArticleSitemap}}, name="sitemap"),
]

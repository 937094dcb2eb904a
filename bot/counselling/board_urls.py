"""Addresses of the supervisors' pages."""

from django.urls import path

from bot.counselling.views import board, export, figures

board_urls = [
    path("board/", board.board_page, name="board"),
    path("board/live/", board.board_live, name="board_live"),
    path("figures/", figures.figures_page, name="figures"),
    path("export/", export.export, name="export"),
]

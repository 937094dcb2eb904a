"""Articles, cards and sources as Wagtail snippets, in the words of a trainer."""

from __future__ import annotations

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from bot.programme.admin.filters import ArticleFilter, CardFilter
from bot.programme.admin.forms import ArticleForm, CardForm
from bot.programme.models import Article, EmergencyCard, Source
from bot.programme.reading import ages_text

NUMBERS = (
    "<p>Số điện thoại viết là <code>{hotline:115}</code>, <code>{hotline:111}</code>, "
    "<code>{hotline:113}</code> hoặc <code>{hotline:114}</code>; không gõ số trực tiếp. "
    "Không ghi liều thuốc.</p>"
)
REVIEW = MultiFieldPanel(
    [
        FieldPanel("review_state"),
        FieldRowPanel([FieldPanel("reviewed_by"), FieldPanel("reviewed_on")]),
        FieldPanel("review_again"),
        FieldPanel("has_validity"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("note"),
    ],
    heading="Duyệt và hạn",
)


def _ages(article: Article) -> str:
    return ages_text(article.age_from, article.age_to)


def _waits(row: Article | EmergencyCard) -> bool:
    return bool(row.newer_shipped_text)


class ArticleViewSet(SnippetViewSet):
    model = Article
    icon = "doc-full"
    menu_label = "Bài viết"
    add_to_admin_menu = False
    copy_view_enabled = False
    list_display = (
        "title",
        Column("domain", label="Lĩnh vực", accessor="get_domain_display", sort_key="domain"),
        Column("ages", label="Tuổi", accessor=_ages),
        Column("review", label="Duyệt", accessor="get_review_state_display"),
        BooleanColumn("live", label="Đang hiện"),
        BooleanColumn("newer", label="Có bản mới chờ xem", accessor=_waits),
    )
    filterset_class = ArticleFilter
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    HelpPanel(NUMBERS),
                    FieldPanel("first"),
                    FieldPanel("more"),
                    FieldPanel("doctor"),
                    InlinePanel("variants", heading="Nội dung theo tuổi", label="Tuổi"),
                ],
                heading="Nội dung",
            ),
            ObjectList(
                [
                    FieldPanel("questions"),
                    FieldPanel("related"),
                    FieldPanel("offers_counsellor"),
                ],
                heading="Câu hỏi và bài liên quan",
            ),
            ObjectList(
                [
                    FieldPanel("slug"),
                    FieldPanel("domain"),
                    FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                    FieldPanel("pregnancy"),
                    FieldPanel("topics"),
                ],
                heading="Phân loại",
            ),
            ObjectList(
                [InlinePanel("source_links", heading="Nguồn", label="Nguồn", min_num=1), REVIEW],
                heading="Nguồn và duyệt",
            ),
        ],
        base_form_class=ArticleForm,
    )


class CardViewSet(SnippetViewSet):
    model = EmergencyCard
    icon = "warning"
    menu_label = "Thẻ cấp cứu"
    add_to_admin_menu = False
    copy_view_enabled = False
    list_display = (
        "title",
        Column("danger", label="Loại", accessor="get_danger_display", sort_key="danger"),
        Column("review", label="Duyệt", accessor="get_review_state_display"),
        BooleanColumn("live", label="Đang hiện"),
        BooleanColumn("newer", label="Có bản mới chờ xem", accessor=_waits),
    )
    filterset_class = CardFilter
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    HelpPanel(NUMBERS),
                    FieldPanel("body"),
                    FieldPanel("dont"),
                    FieldPanel("meanwhile"),
                ],
                heading="Nội dung",
            ),
            ObjectList(
                [FieldPanel("slug"), FieldPanel("danger"), FieldPanel("signs")], heading="Dùng khi"
            ),
            ObjectList(
                [InlinePanel("source_links", heading="Nguồn", label="Nguồn", min_num=1), REVIEW],
                heading="Nguồn và duyệt",
            ),
        ],
        base_form_class=CardForm,
    )


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "link"
    menu_label = "Nguồn"
    add_to_admin_menu = False
    list_display = ("key", "title", "publisher", "year", "checked")
    list_filter = ("publisher",)
    list_per_page = 50
    panels = (
        FieldPanel("key"),
        FieldPanel("title"),
        FieldPanel("publisher"),
        FieldPanel("year"),
        FieldPanel("url"),
        FieldPanel("checked"),
    )


class LibraryGroup(SnippetViewSetGroup):
    menu_label = "Thư viện Mầm"
    menu_icon = "folder-open-inverse"
    menu_order = 100
    items = (ArticleViewSet, CardViewSet, SourceViewSet)

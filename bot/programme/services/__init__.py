"""Every write of the library."""

from bot.programme.services.exporting import export_library
from bot.programme.services.importing import (
    ImportReport,
    import_library,
    leave_newer,
    load_shipped,
    load_shipped_if_new,
    take_newer,
)
from bot.programme.services.indexing import reindex
from bot.programme.services.unanswered import log_unanswered, log_unhelpful

__all__ = [
    "ImportReport",
    "export_library",
    "import_library",
    "leave_newer",
    "load_shipped",
    "load_shipped_if_new",
    "log_unanswered",
    "log_unhelpful",
    "reindex",
    "take_newer",
]

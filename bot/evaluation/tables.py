"""The evaluation's figures as tables, for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.evaluation.intervals import wilson

SCREEN_HEADS = ("kiểu viết", "bắt được", "báo nhầm", "đúng nhãn")
SCREEN_KEYS = ("recall", "false_alarms", "exact")
SEARCH_HEADS = ("nhóm", "đúng đầu", "trong 3", "MRR", "từ chối nhầm", "từ chối đúng", "điểm lỗi")
SEARCH_KEYS = ("top1", "top3", "mrr", "refused_wrongly", "refused_rightly", "error_points")
INTENT_HEADS = ("kiểu viết", "đúng", "F1 trung bình")
INTENT_KEYS = ("accuracy", "macro_f1")
ENTITY_HEADS = ("loại", "tìm thấy", "tìm đúng", "F1")
ENTITY_KEYS = ("recall", "precision", "f1")
WITHOUT = " (không có bộ mã hoá)"
EVERYDAY = " trên câu hỏi thường ngày"
MET, MISSED = "đạt", "CHƯA ĐẠT"
POINTS = "error_points"
POINTS_NOTE = (
    "Điểm lỗi trên 100 câu: trả lời sai mà chắc chắn tính 2, hỏi lại hay từ chối nhầm tính 1."
)
STAGES = {
    "normalise": "chuẩn hoá",
    "restore": "bỏ dấu lại",
    "screen_without_encoder": "bộ lọc, không có bộ mã hoá",
    "screen": "bộ lọc",
    "entities": "thực thể",
    "intent": "ý định",
    "encode": "mã hoá câu",
    "search": "tìm bài (đã mã hoá)",
    "message": "hiểu cả tin",
    "message_and_search": "hiểu cả tin và tìm bài",
}
TIME_HEADS = ("bước", "p50 ms", "p95 ms", "p50 ms xử lý", "p95 ms xử lý")
TIME_KEYS = ("p50", "p95", "busy_p50", "busy_p95")
Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Table:
    """`part` of the report it stands in. The first cell of a row names it; of a matrix the others
    are counts. `note` is said below.
    """

    part: str
    title: str
    heads: tuple[str, ...]
    rows: Rows
    is_matrix: bool = False
    note: str = ""


def tables(report: dict[str, Any]) -> list[Table]:
    """Of the parts that were measured; the bars first, what got worse at the end."""
    return [
        table for part, made in MADE.items() if report.get(part) for table in made(report[part])
    ]


def percent(value: float | None, n: int | None = None) -> str:
    """With the 95 % interval where it is known on how many it was measured."""
    if value is None:
        return "–"
    if not n:
        return f"{value * 100:.1f} %"
    low, high = wilson(value, n)
    return f"{value * 100:.1f} % ({low * 100:.0f}–{high * 100:.0f})"


def row_of(name: str, figures: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    counts = figures.get("counts", {})
    return (
        name,
        *(
            _points(figures.get(key)) if key == POINTS else percent(figures[key], counts.get(key))
            for key in keys
        ),
    )


def _points(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f}"


def _rows(part: dict[str, Any], groups: tuple[str, ...], keys: tuple[str, ...]) -> Rows:
    rows = [row_of("tất cả", part, keys)]
    for group in groups:
        rows += [row_of(name, figures, keys) for name, figures in part[group].items()]
    return rows


def _bars(met: list[dict[str, Any]]) -> list[Table]:
    rows = []
    for bar in met:
        limit, measured = told_bar(bar)
        where = f" ({bar['where']})" if bar["where"] else ""
        rows.append((bar["name"], limit, measured + where, MET if bar["met"] else MISSED))
    reached = sum(bar["met"] for bar in met)
    title = f"{reached} trên {len(met)} mức đạt"
    return [Table("met", title, ("mức", "phải đạt", "đo được", ""), rows)]


def told_bar(bar: dict[str, Any]) -> tuple[str, str]:
    """Limit and figure as people read them; a figure missed by a hair with a place more."""
    unit, scale = (" %", 100) if bar["bar"] < 1 else ("", 1)
    limit, measured = (f"{bar[key] * scale:.1f}" for key in ("bar", "measured"))
    if limit == measured and not bar["met"]:
        measured = f"{bar['measured'] * scale:.2f}"
    return limit + unit, measured + unit


def _screen(part: str, how: str, screen: dict[str, Any]) -> list[Table]:
    title = (
        f"Bộ lọc nguy hiểm{how}: {screen['n']} tin, trung vị {screen['ms_median']:.1f} ms một tin"
    )
    return [
        Table(part, title, SCREEN_HEADS, _rows(screen, ("styles", "labels"), SCREEN_KEYS)),
        _confusion(part, screen["confusion"]),
        _wrong(part, "Nhãn lẫn với nhãn", screen["wrong"]),
    ]


def _search(search: dict[str, Any]) -> list[Table]:
    title = f"Tìm bài: {search['n']} câu, trung vị {search['ms_median']:.1f} ms một câu"
    rows = _rows(search, ("styles", "domains"), SEARCH_KEYS)
    return [Table("search", title, SEARCH_HEADS, rows, note=POINTS_NOTE)]


def _paired(
    part: str, title: str, heads: tuple[str, ...], keys: tuple[str, ...], paired: dict[str, Any]
) -> list[Table]:
    rows = [(*row_of("như đã viết", paired["written"], keys), "")]
    rows += [
        (*row_of(way, figures, keys), percent(figures["moved"]))
        for way, figures in paired["rewritten"].items()
    ]
    return [Table(part, f"{title}: {paired['n']} tin", (*heads, "lệch"), rows)]


def _entities(entities: dict[str, Any]) -> list[Table]:
    title = (
        f"Thực thể: {entities['n']} tin, {entities['ms']:.1f} ms một tin; "
        f"tuổi đúng từng tháng {percent(entities['age_exact'])}"
    )
    return [Table("entities", title, ENTITY_HEADS, _rows(entities, ("kinds",), ENTITY_KEYS))]


def _intents(intents: dict[str, Any]) -> list[Table]:
    title = f"Ý định: {intents['n']} câu, kiểm tra chéo"
    shares = (percent(intents["accuracy"]), percent(intents["macro_f1"]))
    rows = [("tất cả", *shares, f"{intents['ms']:.1f}")]
    return [
        Table("intents", title, ("", "đúng", "F1 trung bình", "ms"), rows),
        _wrong("intents", "Ý định lẫn với ý định", intents["wrong"]),
    ]


def _restoration(restored: dict[str, Any]) -> list[Table]:
    title = (
        f"Bỏ dấu lại: {restored['n']} tin của chính dự án, "
        f"{restored['ms_20_words']:.1f} ms cho 20 từ, tệp {restored['file_mb']:.1f} MB"
    )
    rows = _rows(restored, ("styles",), ("words_right",))
    return [Table("restoration", title, ("kiểu viết", "từ đúng"), rows)]


def _times(times: dict[str, Any]) -> list[Table]:
    rows = [
        (name, *(f"{times[stage][key]:.2f}" for key in TIME_KEYS)) for stage, name in STAGES.items()
    ]
    return [Table("times", f"Thời gian từng bước: {times['n']} tin", TIME_HEADS, rows)]


def _sizes(sizes: dict[str, Any]) -> list[Table]:
    rows = [(name, f"{one['n']:,}", f"{one['seeds']:,}") for name, one in sizes.items()]
    title = "Cỡ dữ liệu; mọi cách gõ một tin tính một lần"
    return [Table("sizes", title, ("dữ liệu", "tin", "mỗi tin một lần"), rows)]


def _worse(worse: list[str]) -> list[Table]:
    title = "Kém hơn bản phát hành trước (hơn một điểm)"
    return [Table("worse", title, ("số liệu",), [(line,) for line in worse])]


def _confusion(part: str, counts: dict[str, dict[str, int]]) -> Table:
    """Rows: what a person said; columns: what was found."""
    names = sorted({*counts, *(name for found in counts.values() for name in found)})
    rows = [
        (told, *(str(counts.get(told, {}).get(name, 0) or "·") for name in names)) for told in names
    ]
    title = "Ma trận nhãn (hàng: người ghi, cột: Mầm thấy)"
    return Table(part, title, ("", *map(_short, names)), rows, is_matrix=True)


def _short(name: str) -> str:
    """ "medical_emergency" → "med.eme"."""
    return ".".join(part[:3] for part in name.split("_"))


def _wrong(part: str, title: str, counts: dict[str, int]) -> Table:
    rows = [(pair, str(count)) for pair, count in list(counts.items())[:12]]
    return Table(part, title, ("", "số lần"), rows)


MADE: dict[str, Callable[[Any], list[Table]]] = {
    "met": _bars,
    "screen": partial(_screen, "screen", ""),
    "screen_without_encoder": partial(_screen, "screen_without_encoder", WITHOUT),
    "screen_everyday": partial(_screen, "screen_everyday", EVERYDAY),
    "search": _search,
    "paired_screen": partial(
        _paired, "paired_screen", "Bộ lọc, cùng tin viết kiểu khác", SCREEN_HEADS, SCREEN_KEYS
    ),
    "paired_intents": partial(
        _paired, "paired_intents", "Ý định, cùng câu viết kiểu khác", INTENT_HEADS, INTENT_KEYS
    ),
    "paired_entities": partial(
        _paired, "paired_entities", "Thực thể, cùng tin không dấu", ENTITY_HEADS, ENTITY_KEYS
    ),
    "paired_search": partial(
        _paired, "paired_search", "Tìm bài, cùng câu viết kiểu khác", SEARCH_HEADS, SEARCH_KEYS
    ),
    "entities": _entities,
    "intents": _intents,
    "restoration": _restoration,
    "times": _times,
    "sizes": _sizes,
    "worse": _worse,
}

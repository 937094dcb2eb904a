"""Writes the tables of docs/evaluation.md and docs/data-card.md from docs/evaluation.json, between
the lines `<!-- table: NAME -->` and `<!-- end -->`. `--check` only compares.

.venv/bin/python scripts/build_evaluation_tables.py [--check]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.evaluation.bars import BARS, Bar, verdicts, weakest  # noqa: E402
from bot.evaluation.compare import committed_report  # noqa: E402
from bot.evaluation.tables import percent, told_bar  # noqa: E402
from bot.nlu.screen import URGENT  # noqa: E402

PAGES = (ROOT / "docs/evaluation.md", ROOT / "docs/data-card.md")
PLACE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
# How the bars of bot/evaluation/bars.py are called here, in their order.
NAMES = {
    ("screen", "recall", ""): "recall of urgent",
    ("screen", "recall", "styles"): "recall, weakest style",
    ("screen", "false_alarms", ""): "false alarms",
    ("screen", "false_alarms", "styles"): "false alarms, weakest style",
    ("screen", "exact", ""): "exact label",
    ("screen", "ms_median", ""): "median time, ms",
    ("screen_without_encoder", "ms_median", ""): "median time without the encoder, ms",
    ("paired_screen", "moved", "rewritten"): "largest move when typed otherwise",
    ("paired_intents", "moved", "rewritten"): "largest move when typed otherwise",
    ("paired_entities", "moved", "rewritten"): "largest move without marks",
    ("search", "top1", ""): "right article first",
    ("search", "top3", ""): "in the first three",
    ("search", "refused_rightly", ""): "refused rightly (no article)",
    ("search", "refused_wrongly", ""): "refused wrongly",
    ("paired_search", "moved", "rewritten"): "largest move when typed otherwise",
    ("restoration", "words_right", ""): "words right",
    ("restoration", "file_mb", ""): "size of the model, MB",
    ("times", "message.p95", ""): "a whole message, p95, ms",
}
Rows = list[tuple[str, ...]]


def bars(report: dict[str, Any], *parts: str, beside: str = "") -> Rows:
    """The bars of some parts and whether they are met; `beside` is a part with the same figures and
    no bars of its own.
    """
    told = {(one["part"], one["name"]): one for one in verdicts(report)}
    rows: Rows = [
        ("figure", "bar", "measured", *(["without the encoder"] if beside else []), "met")
    ]
    for bar in BARS:
        one = told.get((bar.part, bar.name))
        if bar.part not in parts or one is None:
            continue
        limit, measured = told_bar(one)
        cells = [_name(bar), limit, measured + _where(one["where"])]
        if beside:
            is_shared = bar.part == parts[0] and bar.limit < 1
            cells.append(_other(bar, report[beside]) if is_shared else "")
        rows.append((*cells, "yes" if one["met"] else "no"))
    return rows


def _other(bar: Bar, part: dict[str, Any]) -> str:
    where, value = weakest(bar, part)
    return percent(value) + _where(where)


def _where(style: str) -> str:
    return f" ({_words(style)})" if style else ""


def screen(report: dict[str, Any]) -> Rows:
    parts = ("screen", "screen_without_encoder", "paired_screen")
    return bars(report, *parts, beside="screen_without_encoder")


def everyday(report: dict[str, Any]) -> Rows:
    """How many of the everyday questions raise an alarm, by what two readers say they tell."""
    told = report["screen_everyday"]
    rows: Rows = [("everyday questions", "n", "raise an alarm", "right label")]
    for name, one in told["labels"].items():
        found, n = told["confusion"][name], one["counts"]["exact"]
        alarms = sum(count for label, count in found.items() if label in URGENT)
        rows.append((_words(name), f"{n:,}", percent(alarms / n), percent(one["exact"])))
    shares = (f"danger {percent(told['recall'])}, safe {percent(told['false_alarms'])}",)
    return [*rows, ("all", f"{told['n']:,}", *shares, percent(told["exact"]))]


def search(report: dict[str, Any]) -> Rows:
    return bars(report, "search", "paired_search")


def domains(report: dict[str, Any]) -> Rows:
    """Wrong answers, and the points that they cost."""
    found = report["search"]
    rows: Rows = [("questions", "n", "first", "answered rightly", "wrongly", "error points of 100")]
    groups = sorted(found["domains"].items(), key=lambda pair: (pair[0] == "none", pair[0]))
    for name, one in [("all", found), *groups]:
        n = one["counts"]["top1"] + one["counts"]["refused_rightly"]
        is_none = name == "none"
        right = one["refused_rightly"] if is_none else one["answered_right"]
        wrong = one["answered_without_article"] if is_none else one["answered_wrong"]
        shares = (percent(one["top1"]), percent(right), percent(wrong))
        label = "without an article (rightly: refused)" if is_none else name
        rows.append((label, f"{n:,}", *shares, f"{100 * one['error_points']:.1f}"))
    return rows


def typed(report: dict[str, Any]) -> Rows:
    """How far each way of typing moves the figures."""
    parts = ("screen", "intents", "entities", "search")
    rows: Rows = [("typed", *(f"{part}: moves by" for part in parts))]
    for way in report["paired_screen"]["rewritten"]:
        told = (report[f"paired_{part}"]["rewritten"].get(way) for part in parts)
        rows.append((_words(way), *(percent(one["moved"]) if one else "–" for one in told)))
    return rows


def intents(report: dict[str, Any]) -> Rows:
    told, fold = report["intents"], report["intents"]["first_fold"]
    return [
        ("examples", "accuracy", "macro-F1"),
        (f"all {told['n']:,}", percent(told["accuracy"]), percent(told["macro_f1"])),
        (f"first fold, {fold['n']:,}", percent(fold["accuracy"]), percent(fold["macro_f1"])),
    ]


def entities(report: dict[str, Any]) -> Rows:
    told = report["entities"]
    rows: Rows = [("kind", "recall", "precision", "F1")]
    for name, one in [("all", told), *told["kinds"].items()]:
        shares = (percent(one[key]) for key in ("recall", "precision", "f1"))
        rows.append((_words(name), *shares))
    return [*rows, ("age exact to the month", percent(told["age_exact"]), "", "")]


def restoration(report: dict[str, Any]) -> Rows:
    rows = bars(report, "restoration")
    styles = report["restoration"]["styles"].items()
    return [*rows, *((_words(name), "", percent(one["words_right"]), "") for name, one in styles)]


def times(report: dict[str, Any]) -> Rows:
    """Milliseconds of each stage, of the clock and of the processor; below, the bar."""
    told = report["times"]
    rows: Rows = [("stage", "p50", "p95", "p50, processor", "p95, processor")]
    for name, one in told.items():
        if isinstance(one, dict):
            shown = (f"{one[key]:.1f}" for key in ("p50", "p95", "busy_p50", "busy_p95"))
            rows.append((_words(name), *shown))
    (bar,) = (one for one in verdicts(report) if one["part"] == "times")
    met = "met" if bar["met"] else "not met"
    return [*rows, ("bar for a message", "", f"{bar['bar']:.0f}", "", met)]


def sizes(report: dict[str, Any]) -> Rows:
    told = report["sizes"].items()
    rows: Rows = [("data", "messages", "every way of typing one counted once")]
    return [*rows, *((_words(name), f"{one['n']:,}", f"{one['seeds']:,}") for name, one in told)]


TABLES: dict[str, Callable[[dict[str, Any]], Rows]] = {
    made.__name__: made
    for made in (
        screen,
        everyday,
        search,
        domains,
        typed,
        intents,
        entities,
        restoration,
        times,
        sizes,
    )
}


def filled(text: str, report: dict[str, Any]) -> str:
    """The page with its tables as the report has them."""
    return PLACE.sub(
        lambda place: f"{place[1]}{_markdown(TABLES[place[2]](report))}{place[3]}", text
    )


def _markdown(rows: Rows) -> str:
    lines = [" | ".join(row) for row in rows]
    lines.insert(1, "|".join(["---"] * len(rows[0])))
    return "".join(f"| {line} |\n" if "---" not in line else f"|{line}|\n" for line in lines)


def _name(bar: Bar) -> str:
    return NAMES[bar.part, bar.figure, bar.group]


def _words(name: str) -> str:
    return name.replace("_", " ")


def main() -> None:
    report = committed_report()
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = filled(text, report)
        if "--check" in sys.argv[1:]:
            if text != new:
                sys.exit(f"{page.name} is old: run .venv/bin/python {Path(__file__).name}")
        else:
            page.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()

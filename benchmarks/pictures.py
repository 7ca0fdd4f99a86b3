"""Pictures of a run, as SVG written by hand: two plots need no library."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["against_time", "differences"]

_WIDTH, _HEIGHT, _MARGIN = 640, 360, 56
_OURS, _THEIRS = "#b3261e", "#4a6785"


def against_time(found: dict[str, Any]) -> str:
    """Draw F1 against the mean time a page, one point an extractor; time is logarithmic."""
    points = [
        (name, row["milliseconds"]["mean"], row["figures"]["f1"])
        for name, row in found["extractors"].items()
        if "f1" in row["figures"] and name not in ("parse", "as it is")
    ]
    if not points:
        return _svg("no bodies to compare", [])
    low = math.floor(min(math.log10(ms) for _, ms, _ in points) * 2) / 2
    high = math.ceil(max(math.log10(ms) for _, ms, _ in points) * 2) / 2 + 0.25
    floor = min(0.95, math.floor(min(f["low"] for _, _, f in points) * 20) / 20)

    def x(ms: float) -> float:
        return _scaled(math.log10(ms), low, high, _MARGIN, _WIDTH - _MARGIN)

    def y(f1: float) -> float:
        return _scaled(f1, floor, 1.0, _HEIGHT - _MARGIN, _MARGIN)

    parts = [_text(_WIDTH / 2, _HEIGHT - 12, "milliseconds a page", "middle"), _text(8, 40, "F1")]
    for ms in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if low <= math.log10(ms) <= high:
            parts += [_line(x(ms), _MARGIN, x(ms), _HEIGHT - _MARGIN),
                      _text(x(ms), _HEIGHT - _MARGIN + 18, str(ms), "middle")]  # fmt: skip
    for step in range(round(floor * 20), 21):
        parts += [_line(_MARGIN, y(step / 20), _WIDTH - _MARGIN, y(step / 20)),
                  _text(_MARGIN - 6, y(step / 20) + 4, f"{step / 20:.2f}", "end")]  # fmt: skip
    for name, ms, f1 in points:
        colour = _OURS if name == "cleaner" else _THEIRS
        parts += [
            f'<line x1="{x(ms):.1f}" y1="{y(f1["low"]):.1f}" x2="{x(ms):.1f}"'
            f' y2="{y(f1["high"]):.1f}" stroke="{colour}" stroke-width="2"/>',
            f'<circle cx="{x(ms):.1f}" cy="{y(f1["value"]):.1f}" r="5" fill="{colour}"/>',
            _text(x(ms) + 9, y(f1["value"]) + 4, name, colour=colour),
        ]
    return _svg(f"F1 of the body against time, {found['pages']} pages of {found['corpus']}", parts)


def differences(found: dict[str, Any], peer: str = "trafilatura") -> str:
    """Draw by how much F1 differs from a peer's, page by page, sorted: above 0 we are better."""
    rows = found["extractors"]
    title = f"F1 of cleaner less that of {peer}, page by page"
    if peer not in rows or "cleaner" not in rows:
        return _svg(title, [])
    pairs = zip(rows["cleaner"]["f1_by_page"], rows[peer]["f1_by_page"], strict=True)
    less = sorted((a - b for a, b in pairs if a is not None and b is not None), reverse=True)
    if not less:
        return _svg(title, [])
    step = (_WIDTH - 2 * _MARGIN) / len(less)

    def y(value: float) -> float:
        return _scaled(value, -1.0, 1.0, _HEIGHT - _MARGIN, _MARGIN)

    parts = []
    for value in (-1.0, -0.5, 0.0, 0.5, 1.0):
        parts += [_line(_MARGIN, y(value), _WIDTH - _MARGIN, y(value)),
                  _text(_MARGIN - 6, y(value) + 4, f"{value:+.1f}", "end")]  # fmt: skip
    for number, value in enumerate(less):
        top, bottom = sorted((y(value), y(0.0)))
        parts.append(
            f'<rect x="{_MARGIN + number * step:.2f}" y="{top:.2f}" width="{step:.2f}"'
            f' height="{bottom - top:.2f}" fill="{_OURS if value > 0 else _THEIRS}"/>'
        )
    better, worse = sum(v > 0.005 for v in less), sum(v < -0.005 for v in less)
    parts.append(
        _text(_WIDTH / 2, _HEIGHT - 12,
              f"better on {better} pages, worse on {worse}, alike on {len(less) - better - worse}",
              "middle")
    )  # fmt: skip
    return _svg(title, parts)


def _scaled(value: float, low: float, high: float, start: float, end: float) -> float:
    return start + (value - low) / (high - low) * (end - start)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, text: str, anchor: str = "start", colour: str = "#333") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}">{escape(text)}</text>'


def _svg(title: str, parts: Sequence[str]) -> str:
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
            f' width="{_WIDTH}" height="{_HEIGHT}" font-family="sans-serif" font-size="12">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            _text(_WIDTH / 2, 24, title, "middle"),
            *parts,
            "</svg>\n",
        )
    )

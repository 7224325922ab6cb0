"""Pages that hold text which no viewer shows, each by another trick.

Every trick puts text at a place (points from the top left) of a sheet; `write` writes the sheet with what the trick needs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.doubles.pdfs import HEIGHT, Sheet, pdf_bytes

Trick = Callable[[Sheet, float, float, str], None]
#: Graphics states: no opacity, hardly any, a soft mask that lets nothing through.
_STATES = "/ExtGState<</None<</ca 0>>/Hardly<</ca .03>>/Masked<</SMask<</Type/Mask/S/Luminosity/G 11 0 R>>>>>>"
_PATTERN = (
    "/Pattern<</Blue<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 595 0]/Extend[true true]"
    "/Function<</FunctionType 2/Domain[0 1]/N 1/C0[.8 .8 1]/C1[.8 .8 1]>>>>>>>>"
)
_LAYER = "/Properties<</Off 12 0 R>>"
_MASK = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>/Length 0>>\nstream\n\nendstream"
)


def write(path: Path, sheet: Sheet) -> Path:
    """Write a sheet on which tricks were played."""
    sheet.resources = _STATES + _LAYER + _PATTERN
    layers = b"/OCProperties<</OCGs[12 0 R]/D<</OFF[12 0 R]/Order[12 0 R]>>>>"
    path.write_bytes(pdf_bytes([sheet], catalog=layers, more=[_MASK, b"<</Type/OCG/Name(old)>>"]))
    return path


def _wide(text: str) -> int:
    return sum(5 if char.isascii() else 10 for char in text)


def _wrapped(before: str, after: str = "Q") -> Trick:
    def play(sheet: Sheet, x: float, top: float, text: str) -> None:
        sheet.content.append(before)
        sheet.text(x, top, text)
        sheet.content.append(after)

    return play


def _in_colour(fill: str) -> Trick:
    def play(sheet: Sheet, x: float, top: float, text: str) -> None:
        sheet.text(x, top, text)
        sheet.content[-1] = sheet.content[-1].replace("0 g", fill)

    return play


def _on_ground(fill: str, ground: str = "") -> Trick:
    """Text in the colour of a shaded place."""

    def play(sheet: Sheet, x: float, top: float, text: str) -> None:
        sheet.content.append(f"{ground or fill} {x - 2} {HEIGHT - top - 12} {_wide(text) + 4} 14 re f")
        _in_colour(fill)(sheet, x, top, text)

    return play


def _covered(cover: str) -> Trick:
    def play(sheet: Sheet, x: float, top: float, text: str) -> None:
        sheet.text(x, top, text)
        place = (x - 1, HEIGHT - top - 11, _wide(text) + 2, 12)
        if cover == "picture":
            sheet.picture(x - 1, top - 1, _wide(text) + 2, 12)
        else:
            sheet.content.append(f"{cover} {' '.join(map(str, place))} re f")

    return play


def _clipped(sheet: Sheet, x: float, top: float, text: str) -> None:
    sheet.content.append("q 10 10 20 20 re W n")
    sheet.text(x, top, text)
    sheet.content.append("Q")


def _drawn(mode: int) -> Trick:
    def play(sheet: Sheet, x: float, top: float, text: str) -> None:
        sheet.content.append("q")
        sheet.text(x, top, text, mode=mode)
        sheet.content.append("Q")

    return play


def _tiny(sheet: Sheet, x: float, top: float, text: str) -> None:
    sheet.text(x, top + 8, text, size=0.8)


TRICKS: dict[str, Trick] = {
    "white on white": _in_colour("1 g"),
    "nearly white": _in_colour(".96 .97 .95 rg"),
    "white in four inks": _in_colour("0 0 0 0 k"),
    "blue on the same blue": _on_ground(".1 .2 .5 rg"),
    "grey on nearly the same grey": _on_ground(".8 g"),
    "blue on the same pattern": _on_ground(".8 .8 1 rg", "/Pattern cs /Blue scn"),
    "drawn without ink": _drawn(3),
    "drawn as a clip": _drawn(7),
    "transparent": _wrapped("q /None gs"),
    "hardly opaque": _wrapped("q /Hardly gs"),
    "behind a soft mask": _wrapped("q /Masked gs"),
    "on a layer that is off": _wrapped("/OC /Off BDC", "EMC"),
    "under a white patch": _covered("1 g"),
    "under a black patch": _covered("0 g"),
    "under a picture": _covered("picture"),
    "clipped away": _clipped,
    "too small": _tiny,
}

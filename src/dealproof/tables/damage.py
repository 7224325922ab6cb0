"""Telling a page that is damaged from a file that asks for too much: parsers wrap both in errors of their own."""

from __future__ import annotations


def raise_if_out_of_memory(error: BaseException) -> None:
    """Raise MemoryError when `error`, anything it was raised from or anything it carries is one."""
    seen: set[int] = set()
    behind: list[object] = [error]
    while behind:
        one = behind.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        if isinstance(one, MemoryError):
            raise one
        seen.add(id(one))
        behind += (one.__cause__, one.__context__, *one.args)

"""A file that asks for too much memory is told from a page that is damaged, however a parser wraps it."""

from __future__ import annotations

import pytest

from dealproof.tables.damage import raise_if_out_of_memory


class ParserError(Exception):
    """Stands for the error of a parser, which may carry another one in its arguments."""


def _raised_while_handling() -> BaseException:
    try:
        try:
            raise MemoryError("too much")
        except MemoryError:
            raise ParserError("page cannot be read")  # noqa: B904  # the chain left implicit is what is tested
    except ParserError as error:
        return error


def _raised_from() -> BaseException:
    error = ParserError("page cannot be read")
    error.__cause__ = MemoryError("too much")
    return error


@pytest.mark.parametrize(
    "error",
    [MemoryError("too much"), ParserError(MemoryError("too much")), _raised_from(), _raised_while_handling()],
    ids=["itself", "carried", "cause", "met while handling"],
)
def test_memory_that_ran_out_behind_an_error_of_the_parser_is_still_memory_that_ran_out(error: BaseException) -> None:
    with pytest.raises(MemoryError, match="too much"):
        raise_if_out_of_memory(error)


def test_a_damaged_page_is_not_a_lack_of_memory() -> None:
    raise_if_out_of_memory(ParserError("MemoryError", KeyError("Font")))


def test_errors_that_point_to_each_other_are_followed_once() -> None:
    one, other = ParserError("one"), ParserError("other")
    one.__cause__, other.__cause__ = other, one
    raise_if_out_of_memory(one)

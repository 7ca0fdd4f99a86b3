"""A pool without processes, for tests of what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.batch.pool import Feed, Limits, Ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Inline:
    """Cleans where it is; keeps to the manners of `cleaner.batch.pool.Pool`."""

    def __init__(
        self, start: Callable[..., Any], arguments: tuple[Any, ...], _jobs: int, _limits: Limits
    ):
        self._work = start(*arguments)

    def __class_getitem__(cls, _: object) -> type[Inline]:
        return cls

    def __enter__(self) -> Inline:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, feed: Feed[Any], _ordered: bool = True) -> Iterator[tuple[Any, Any]]:
        while True:
            try:
                item = feed.take()
            except StopIteration:
                return
            if item is not None:
                tag, task = item
                yield tag, task.result if isinstance(task, Ready) else self._work(task)

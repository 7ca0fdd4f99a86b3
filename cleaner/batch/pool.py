"""Worker processes that outlive any document.

The pools at hand share one pipe among their workers, and a worker killed while it writes leaves
half a message in it for all the others; they also time whole tasks, where a document costs a few
milliseconds and must travel in company. Here each worker has a pipe of its own and says after
every document that it is done, so that always one document is known to be the one that took too
long or killed its worker: it is set aside, and what was sent along with it goes to another.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field, replace
from multiprocessing import (
    connection,
    current_process,
    get_context,
    parent_process,
    resource_tracker,
)
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from cleaner.errors import CleanerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

__all__ = ["Direct", "Failure", "Feed", "Limits", "Live", "Pool", "Ready", "available_cores"]

Tag = TypeVar("Tag")
Tag_co = TypeVar("Tag_co", covariant=True)

_CHUNK = 16  # documents sent at once, and
_CHUNK_BYTES = 1 << 20  # their size, so that sending them does not take long
_WINDOW = 512  # results, for each worker, that may wait for one document that takes its time
_PATIENCE = 0.02  # seconds that a document may wait for company
_TICK = 1.0  # seconds after which `map` yields None where there is nothing else
_START = 120.0  # seconds that a worker may take to start
_STARTS = 3  # workers that may fail to start in a row
_TRIES = 2  # a worker may be killed from outside: its document gets a second try, alone
# A document is thousands of objects without a circle among them, which go when it is done: looking
# for circles after every few hundred, as Python does, is work for nothing. Circles are still found.
_THRESHOLDS = (20_000, 20, 20)
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_OUT_OF_MEMORY = 77  # exit code of a worker

_Key = int


def available_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take.

    `timeout` is in seconds, None for no limit; `memory` in bytes, on top of what a worker needs
    itself, None for no limit. `memory` needs an operating system that limits address space.
    """

    timeout: float | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document gave nothing: the name of an error class and its message.

    `identity` is the document's id, where it is known. `task` is the document where its worker
    could not say anything about it any more.
    """

    error: str
    message: str
    identity: str | None = None
    task: Any = None


@dataclass(frozen=True, slots=True)
class Ready:
    """In place of a task: its result, known already, which only has to keep its place."""

    result: Any


class Feed(Protocol[Tag_co]):
    """Where the tasks come from."""

    def take(self) -> tuple[Tag_co, Any] | None:
        """Return the next task with a tag for it; None for not yet. Raises StopIteration."""

    def waiting(self) -> list[Any]:
        """Return what `multiprocessing.connection.wait` can wait for until there is more."""


class Direct(Generic[Tag]):
    """Tasks from an iterator that has the next one at hand."""

    def __init__(self, items: Iterable[tuple[Tag, Any]]):
        self._items = iter(items)

    def take(self) -> tuple[Tag, Any] | None:
        return next(self._items)

    def waiting(self) -> list[Any]:
        return []


class Live(Generic[Tag]):
    """Tasks from an iterator that may wait for its own input, which must not hold up results."""

    _AHEAD = 64

    def __init__(self, items: Iterable[tuple[Tag, Any]]):
        self._items = iter(items)
        self._queue: deque[tuple[Tag, Any] | BaseException] = deque()
        self._room = threading.Semaphore(self._AHEAD)
        self._reader, self._writer = os.pipe()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        last: BaseException = StopIteration()
        try:
            for item in self._items:
                self._room.acquire()
                self._queue.append(item)
                os.write(self._writer, b".")
        except BaseException as error:  # whatever it is, it belongs to the thread that takes
            last = error
        self._queue.append(last)
        os.write(self._writer, b".")

    def take(self) -> tuple[Tag, Any] | None:
        if not self._queue:
            return None
        if isinstance(self._queue[0], BaseException):
            raise self._queue[0]
        os.read(self._reader, 1)
        self._room.release()
        item = self._queue.popleft()
        assert not isinstance(item, BaseException)
        return item

    def waiting(self) -> list[Any]:
        return [self._reader]


@dataclass(eq=False, slots=True)
class _Worker:
    """A worker process and what it has been sent; the first of `pending` is being worked on."""

    process: SpawnProcess
    pipe: Connection
    since: float  # when it was started or had its last answer
    ready: bool = False
    fresh: bool = True
    pending: deque[tuple[_Key, Any]] = field(default_factory=deque)

    @property
    def idle(self) -> bool:
        return self.ready and not self.pending


class Pool(Generic[Tag]):
    """A pool of `jobs` processes, each of which works through tasks by `start(*arguments)`.

    `start` is called once in every worker and returns what turns a task into a result. Tasks and
    results are pickled; a task may have an attribute `weight`, its size in bytes. A context
    manager: leaving it ends the workers, at work or not.
    """

    def __init__(
        self,
        start: Callable[..., Callable[[Any], Any]],
        arguments: tuple[Any, ...],
        jobs: int,
        limits: Limits,
    ):
        self._start = (start, arguments)
        self._jobs = jobs
        self._limits = limits
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._tags: dict[_Key, Tag] = {}
        self._queue: deque[tuple[_Key, Any]] = deque()
        self._alone: deque[tuple[_Key, Any]] = deque()
        self._tries: dict[_Key, int] = {}
        self._results: dict[_Key, Any] = {}
        self._taken = 0
        self._given = 0

    def __enter__(self) -> Pool[Tag]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def map(self, feed: Feed[Tag], ordered: bool = True) -> Iterator[tuple[Tag, Any] | None]:
        """Yield every tag of `feed` with the result of its task, or a Failure, in order.

        Takes from `feed` only as far ahead as keeps the workers busy. Yields None now and then
        where there is nothing to yield. Raises CleanerError where no worker will start.
        """
        more = True
        while True:
            more = more and self._take(feed)
            self._dispatch()
            yield from self._give(ordered)
            if not more and not self._tags:
                return
            hungry = more and not feed.waiting() and self._wants_more()
            if not self._wait(feed.waiting() if more and self._wants_more() else [], hungry):
                yield None

    def _wants_more(self) -> bool:
        window = self._taken - self._given < self._jobs * _WINDOW
        return window and len(self._queue) < 2 * self._jobs * _CHUNK

    def _take(self, feed: Feed[Tag]) -> bool:
        """Fill the queue, but let none wait long; return whether `feed` has more."""
        start = time.monotonic()
        while self._wants_more() and time.monotonic() - start < _PATIENCE:
            try:
                item = feed.take()
            except StopIteration:
                return False
            if item is None:
                break
            tag, task = item
            key = self._taken
            self._taken += 1
            self._tags[key] = tag
            if isinstance(task, Ready):
                self._results[key] = task.result
            else:
                self._queue.append((key, task))
        return True

    def _dispatch(self) -> None:
        for worker in [worker for worker in self._workers if worker.idle]:
            if self._alone and worker.fresh:
                self._send(worker, [self._alone.popleft()])
            elif self._queue:
                self._send(worker, self._chunk())
        starting = sum(not worker.ready for worker in self._workers)
        waiting = len(self._queue) + _CHUNK * len(self._alone)
        idle = any(worker.idle and (worker.fresh or self._queue) for worker in self._workers)
        if waiting > starting * _CHUNK and not idle:
            if len(self._workers) < self._jobs:
                self._workers.append(self._launch())
            elif self._alone and not starting:
                self._replace(next((w for w in self._workers if w.idle), None))

    def _replace(self, worker: _Worker | None) -> None:
        """Make room for a fresh worker, where all have worked before."""
        if worker is not None:
            self._bury(worker)
            self._workers.append(self._launch())

    def _chunk(self) -> list[tuple[_Key, Any]]:
        """Take a chunk from the queue, smaller ones towards the end so that all end together."""
        count = max(1, min(_CHUNK, len(self._queue) // (2 * self._jobs)))
        chunk: list[tuple[_Key, Any]] = []
        weight = 0
        while self._queue and len(chunk) < count and (not chunk or weight < _CHUNK_BYTES):
            chunk.append(self._queue.popleft())
            weight += getattr(chunk[-1][1], "weight", 0)
        return chunk

    def _send(self, worker: _Worker, chunk: list[tuple[_Key, Any]]) -> None:
        """Send work to a worker that waits for some: it reads, so this does not block."""
        worker.pending.extend(chunk)
        worker.fresh = False
        worker.since = time.monotonic()
        with contextlib.suppress(OSError):  # it died; `_wait` will see
            worker.pipe.send(chunk)

    def _give(self, ordered: bool) -> Iterator[tuple[Tag, Any]]:
        keys = [] if ordered else sorted(self._results)
        while keys or (ordered and self._given in self._results):
            key = self._given if ordered else keys.pop(0)
            self._given += 1
            yield self._tags.pop(key), self._results.pop(key)

    def _wait(self, others: list[Any], hungry: bool) -> bool:
        """Wait for answers, deaths, deadlines and `others`; return whether anything happened."""
        now = time.monotonic()
        timeout = min([_TICK, *(max(0.0, due - now) for due in self._deadlines())])
        pipes = {worker.pipe: worker for worker in self._workers}
        timeout = 0 if hungry else timeout
        happened = connection.wait([*pipes, *others], timeout)
        self._forgive(time.monotonic() - now - timeout)
        for pipe in happened:
            if pipe in pipes:
                self._receive(pipes[pipe])
        now = time.monotonic()
        for worker in list(self._workers):
            due = self._due(worker)
            if due is not None and due <= now and not worker.pipe.poll():
                self._overdue(worker)
                return True
        return bool(happened) or hungry

    def _forgive(self, late: float) -> None:
        """Count no time in which all was stopped, as by Ctrl-Z: nobody was at work."""
        if late > _TICK:
            for worker in self._workers:
                worker.since += late

    def _deadlines(self) -> list[float]:
        dues = (self._due(worker) for worker in self._workers)
        return [due for due in dues if due is not None]

    def _due(self, worker: _Worker) -> float | None:
        if not worker.ready:
            return worker.since + _START
        if not worker.pending or self._limits.timeout is None:
            return None
        return worker.since + self._limits.timeout

    def _receive(self, worker: _Worker) -> None:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        worker.since = time.monotonic()
        if not worker.ready:
            worker.ready = True
            self._failed_starts = 0
            return
        key, _ = worker.pending.popleft()
        self._settle(key, answer)

    def _settle(self, key: _Key, result: Any) -> None:
        self._tries.pop(key, None)
        self._results[key] = result

    def _overdue(self, worker: _Worker) -> None:
        if not worker.ready:
            self._died(worker)
            return
        key, task = worker.pending.popleft()
        message = f"took longer than {self._limits.timeout:g} s"
        self._settle(key, Failure("TimedOut", message, task=task))
        self._bury(worker)

    def _died(self, worker: _Worker) -> None:
        worker.process.join(1)
        code = worker.process.exitcode
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise CleanerError(
                    f"worker processes do not start (exit code {code}); a script that uses them"
                    " needs its `if __name__ == '__main__':`"
                )
        elif worker.pending:
            key, task = worker.pending.popleft()
            self._tries[key] = self._tries.get(key, 0) + 1
            if self._tries[key] < _TRIES:
                self._alone.append((key, task))
            else:
                self._settle(key, replace(self._cause(code), task=task))
        self._bury(worker)

    def _cause(self, code: int | None) -> Failure:
        if code == _OUT_OF_MEMORY:
            if self._limits.memory is None:  # the limit is the system's
                return Failure("OutOfMemory", "needs more memory than there is")
            return Failure("OutOfMemory", f"needs more than {self._limits.memory >> 20} MB")
        if code is not None and code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            return Failure("WorkerDied", f"killed its worker process ({name}), twice")
        return Failure("WorkerDied", f"ended its worker process (exit code {code}), twice")

    def _bury(self, worker: _Worker) -> None:
        """End a worker; what it had not begun goes back to the head of the queue."""
        self._workers.remove(worker)
        self._queue.extendleft(reversed(worker.pending))
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()

    def _launch(self) -> _Worker:
        if current_process().daemon:
            raise CleanerError(
                "worker processes cannot be started from a process of multiprocessing.Pool, or"
                " another that is daemonic: clean single documents there"
            )
        context = get_context("spawn")  # a fork would copy the locks of the caller's threads
        ours, theirs = context.Pipe()
        arguments = (theirs, *self._start, self._limits.memory)
        process = context.Process(target=_serve, args=arguments, daemon=True)
        with _deaf_to_interrupts():
            process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic())


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes to which Ctrl-C, which goes to all of a terminal, means nothing."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # `start` would do so, and unblock the signal for it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    pipe: Connection,
    start: Callable[..., Callable[[Any], Any]],
    arguments: tuple[Any, ...],
    memory: int | None,
) -> None:
    """Work until the pipe is closed; what is printed goes to standard error."""
    os.dup2(2, 1)
    for name in _THREADS:  # read when numpy is loaded: the cores are for workers
        os.environ.setdefault(name, "1")
    threading.Thread(target=_die_with_parent, daemon=True).start()
    work = start(*arguments)
    if memory is not None:
        _limit_memory(memory)
    try:
        pipe.send(None)
        warm = False
        while True:
            for _, task in pipe.recv():
                pipe.send(work(task))
            if not warm:  # rules and weights stay for good: the collector need not walk them again
                gc.collect()
                gc.freeze()
                gc.set_threshold(*_THRESHOLDS)
                warm = True
    except (EOFError, OSError):
        pass
    except MemoryError:
        # What else fails for lack of memory nobody knows: a fresh worker has to try.
        os._exit(_OUT_OF_MEMORY)
    os._exit(0)  # at once: nothing here needs an orderly end


def _limit_memory(memory: int) -> None:
    """Limit the address space to what is in use and `memory` more, where the system can."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)

        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
    except (ImportError, OSError):
        return
    limit = min(pages * resource.getpagesize() + memory, sys.maxsize)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _die_with_parent() -> None:
    """End a worker whose parent was killed while it was at work."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)

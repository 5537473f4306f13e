"""Parsing and extraction in processes, each with the weights loaded once; results come in the order of the articles."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent import futures
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import Any

from kg.errors import KGError
from kg.model import Article
from kg.pipeline.one_article import Built, OnParsed, OnSkip, Reading, read

CHUNK = 32  # articles: as many as are parsed at a time without processes, which is fastest
AHEAD = 2  # chunks that wait per process: enough to keep it busy, and few enough to keep memory flat

Skips = list[tuple[str, str]]
LOOK = 0.2  # seconds between looks at how far the processes are
_reading = Reading()
_done: Any = None  # the counter that processes share


def shared(
    articles: Iterable[Article],
    jobs: int,
    reading: Reading,
    on_skip: OnSkip | None,
    on_parsed: OnParsed | None = None,
) -> Iterator[Built]:
    """Yield each article with its statements, in order; `jobs` processes do the work."""
    articles = iter(articles)
    context = multiprocessing.get_context("spawn")  # a fork would copy the store's locks and its threads' halves
    done, told = context.Value("q", 0), 0
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(reading, done))
    waiting: deque[Future[tuple[list[Built], Skips]]] = deque()
    try:
        while True:
            while len(waiting) < jobs * AHEAD and (chunk := list(islice(articles, CHUNK))):
                waiting.append(pool.submit(_work, chunk, on_skip is not None))
            if not waiting:
                return
            while on_parsed:
                ended = waiting[0].done()
                now = done.get_obj().value  # without its lock, which a process that was killed may hold
                if now > told:
                    on_parsed(now - told)
                    told = now
                if ended:
                    break
                futures.wait([waiting[0]], LOOK)
            built, skips = waiting.popleft().result()
            for source, reason in skips:
                if on_skip:
                    on_skip(source, reason)
            yield from built
    except BrokenProcessPool as error:
        raise KGError(
            "a process that parses has ended, perhaps for want of memory: try fewer --jobs; what was "
            "reported as done is kept"
        ) from error
    finally:
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:  # one that is in the middle of a chunk would go on to its end
            process.kill()
        for process in processes:
            process.join()


def _start(reading: Reading, done: Any) -> None:
    global _reading, _done  # what each process is told once
    _reading, _done = reading, done
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that reports
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(articles: list[Article], skipping: bool) -> tuple[list[Built], Skips]:
    skips: Skips = []
    on_skip = (lambda source, reason: skips.append((source, reason))) if skipping else None
    return list(read(articles, _reading, on_skip, _count)), skips


def _count(number: int) -> None:
    with _done.get_lock():
        _done.value += number

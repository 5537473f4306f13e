"""What a process that runs other people's queries may do: end with its parent, use so much memory, open no socket."""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import signal
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_FILTER_MODE = 2
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
# architecture in seccomp's words, and the number of the system call `socket` there
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


def confine(memory: int) -> None:
    """Confine this process as far as the system can: data up to `memory` bytes, no sockets, no life after its parent.

    The words of a query are vetted before; this holds even for a way around that nobody has thought of.
    """
    soft = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (memory if soft < 0 else min(memory, soft), soft))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _no_sockets(libc)


def _no_sockets(libc: ctypes.CDLL) -> bool:
    if platform.machine() not in _SOCKET:
        return False
    architecture, call = _SOCKET[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 3, architecture),  # another architecture's calls have other numbers
        (_LOAD, 0, 0, 0),
        (_EQUAL, 0, 1, call),
        (_RETURN, 0, 0, _ERRNO | errno.EACCES),
        (_RETURN, 0, 0, _ALLOW),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code))
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    refused: int = libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.create_string_buffer(program), 0, 0)
    return refused == 0

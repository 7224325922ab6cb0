"""What runs the models of the recogniser: OpenVINO where it is installed, else ONNX Runtime.

The models are the files that the package `rapidocr` ships; nothing of its code is loaded. Both runtimes are told to keep to
one thread (several burn CPU while they wait for each other, and workers share the machine by themselves) and to report to
nobody: their makers' own reports are switched off before they load.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol

#: The package whose models are used, and what can run them: the first that is installed does.
MODELS, RUNTIMES = "rapidocr", ("openvino", "onnxruntime")
#: The package through which OpenVINO would report to its makers.
_REPORTER = "openvino_telemetry"
#: Where a model keeps the characters that it knows.
_CHARACTERS = "character"
_NO_MEMORY = (
    "bad_alloc", "Failed to allocate", "can't alloc", "Insufficient memory", "Cannot allocate memory",
    "failed to map segment", "Resource temporarily unavailable",
)  # fmt: skip


class Network(Protocol):
    """A model that is ready to run; `characters` are those that it tells apart, none where it reads no text."""

    characters: tuple[str, ...]

    def __call__(self, picture: Any) -> Any:
        """What comes out for one picture (1 × 3 × height × width); valid until the next call."""
        ...

    def rest(self) -> None:
        """Give back the memory that is not needed until the next page."""
        ...


def is_installed() -> bool:
    """Whether there are models here, and something that runs them."""
    return _is_there(MODELS) and any(map(_is_there, RUNTIMES))


@cache
def runtime() -> str:
    """The package that runs the models here. Raises StopIteration where none is installed."""
    return next(name for name in RUNTIMES if _is_there(name))


@contextmanager
def memory_named() -> Iterator[None]:
    """The runtime's own error for a lack of memory as Python's, so that a file that asks for too much is called that."""
    try:
        yield
    except Exception as error:
        if any(sign in str(error) for sign in _NO_MEMORY):
            raise MemoryError("the recogniser needs more memory") from error
        raise


def load(model: str, *, keeps_size: bool = False) -> Network:
    """A model by the name of its file. One that `keeps_size` sees pictures of one size again and again: it takes half the
    memory, and is made ready anew for each other size.

    Raises FileNotFoundError where the package does not ship it.
    """
    path = _models() / model
    if not path.exists():
        raise FileNotFoundError(f"{MODELS} has no model {model}; install the version that dealproof asks for")
    return _OpenVino(path, keeps_size) if runtime() == "openvino" else _OnnxRuntime(path)


def _is_there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:  # a module that stands as None in the table of modules
        return False


def _models() -> Path:
    spec = importlib.util.find_spec(MODELS)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "models"


class _OpenVino:
    """A model on OpenVINO."""

    #: Not bound to a processor: all workers would share the first one. What is not said here it knows best.
    _HOW = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False}  # noqa: RUF012  # read only

    def __init__(self, path: Path, keeps_size: bool) -> None:
        self._path, self._keeps_size, self._size = path, keeps_size, (0, 0, 0, 0)
        self._compiled: Any = None
        self._request: Any = None
        self.characters: tuple[str, ...] = ()
        if keeps_size:  # it is made ready when it is known for which
            return
        made, place = _openvino().read_model(path), ["framework", _CHARACTERS]
        if made.has_rt_info(place):
            self.characters = tuple(str(made.get_rt_info(place).value).splitlines())
        self._ready(made)

    def __call__(self, picture: Any) -> Any:
        if self._keeps_size and picture.shape != self._size:
            self._compiled = self._request = None
            self._size = (0, 0, 0, 0)  # until it is ready: there may be too little memory
            made = _openvino().read_model(self._path)
            made.reshape(list(picture.shape))
            self._ready(made)
            self._size = picture.shape
        self._request.infer([picture], share_inputs=True)
        return self._request.get_output_tensor().data

    def rest(self) -> None:
        if self._compiled is not None:
            self._compiled.release_memory()
            trim()

    def _ready(self, made: Any) -> None:
        self._compiled = _openvino().compile_model(made, "CPU", self._HOW)
        self._request = self._compiled.create_infer_request()


class _OnnxRuntime:
    """A model on ONNX Runtime."""

    def __init__(self, path: Path) -> None:
        # It reports to its makers, and keeps a number of the machine in the home, unless it is told not to before it loads.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        from onnxruntime import InferenceSession, SessionOptions

        how = SessionOptions()
        how.intra_op_num_threads = how.inter_op_num_threads = 1
        how.log_severity_level = 4
        how.enable_cpu_mem_arena = False
        self._session = InferenceSession(str(path), how, providers=["CPUExecutionProvider"])
        self._name = self._session.get_inputs()[0].name
        self.characters = tuple(
            self._session.get_modelmeta().custom_metadata_map.get(_CHARACTERS, "").splitlines()
        )

    def __call__(self, picture: Any) -> Any:
        return self._session.run(None, {self._name: picture})[0]

    def rest(self) -> None:
        trim()


def trim() -> None:
    """Hand free memory back to the system, where its library of C can: what pictures and networks leave behind is in pieces."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


@cache
def _openvino() -> Any:
    # It reports to its makers when it is imported, unless the package that does so cannot be found.
    sys.modules.setdefault(_REPORTER, None)  # type: ignore[arg-type]  # None is how the import of a module is forbidden
    from openvino import Core

    return Core()

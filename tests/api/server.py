"""The service as a process of its own, on a free port of this machine."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAM = """
import socket, sys
from pathlib import Path
import uvicorn
from api import settings
from api.app import create_app

listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
app = create_app(settings.read(Path(sys.argv[1]), "default"))
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
"""
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a server over the library in `home`; it is ended by its process id.

    Requests wait until it has started: its port is open before the encoder is loaded.
    """
    command = [sys.executable, "-c", _PROGRAM, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()
            process.wait(60)

"""Apache over a directory, with the rules that lie in it; skipped if it is missing."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

_MODULES = Path("/usr/lib/apache2/modules")
_LOADED = ("mpm_event", "authz_core", "rewrite", "headers", "dir", "mime")
_SECONDS = 30


@contextmanager
def apache(root: Path) -> Iterator[str]:
    """Serve a copy of `root`; give the address, which ends with a slash."""
    program = shutil.which("apache2", path=f"{os.environ.get('PATH')}:/usr/sbin")
    if program is None:
        pytest.skip("there is no Apache; on Debian: apt-get install apache2")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # Started as root, it reads as somebody who may not look into pytest's directories.
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        directory.chmod(0o755)
        shutil.copytree(root, directory / "root")
        configuration = directory / "apache.conf"
        configuration.write_text(_configure(directory / "root", directory, port))
        process = subprocess.Popen([program, "-f", configuration, "-DFOREGROUND"])
        address = f"http://127.0.0.1:{port}/"
        try:
            _wait(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _configure(root: Path, directory: Path, port: int) -> str:
    loaded = "\n".join(
        f"LoadModule {name}_module {_MODULES}/mod_{name}.so" for name in _LOADED
    )
    return f"""{loaded}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {directory}/pid
ErrorLog {directory}/error.log
TypesConfig /dev/null
AddType text/html .html
DirectoryIndex index.html
DocumentRoot {root}
<Directory {root}>
AllowOverride All
Require all granted
</Directory>
"""


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _SECONDS
    while True:
        assert process.poll() is None, "Apache ended"
        try:
            httpx.get(address)
        except httpx.ConnectError:
            assert time.monotonic() < deadline, "Apache did not start"
            time.sleep(0.05)
        else:
            return

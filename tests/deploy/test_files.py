"""The files of `deploy`, read by the programs of the system that will read them."""

import grp
import os
import pwd
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clusterwerk.config import environment
from factories.web_site import DEPLOY, needed

ROOT = DEPLOY.parent
PROGRAM = "/opt/clusterwerk/current/bin/clusterwerk"
WORST = 20  # tenths of systemd's measure of exposure, of 100; measured 13
UNITS = ("clusterwerk.service", "clusterwerk-backup.service", "clusterwerk-backup.timer")
SERVICES = UNITS[:2]


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with the program of this environment, because theirs is not installed here."""
    here = str(Path(sys.executable).with_name("clusterwerk"))
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace(PROGRAM, here), "utf-8")
    return tmp_path


def setting(name: str, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", (DEPLOY / name).read_text("utf-8"), re.MULTILINE)


def test_systemd_accepts_the_units(units: Path) -> None:
    words = [needed("systemd-analyze"), "verify", "--man=no"]
    words += [str(units / name) for name in UNITS]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "clusterwerk" in line]
    assert (done.returncode, said) == (0, [])


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_exposed_no_more_than_it_was(units: Path, name: str) -> None:
    words = [needed("systemd-analyze"), "security", "--offline=yes", f"--threshold={WORST}"]
    done = subprocess.run([*words, units / name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:]


def test_both_services_are_closed_in_the_same_way() -> None:
    first, second = (
        (DEPLOY / name).read_text("utf-8").partition("# What it may do")[2].partition("UMask")[0]
        for name in SERVICES
    )
    assert first.strip()
    assert first == second


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_starts_what_the_documents_install(name: str) -> None:
    assert [line.split()[0] for line in setting(name, "ExecStart")] == [PROGRAM]
    assert setting(name, "EnvironmentFile") == ["/etc/clusterwerk/clusterwerk.env"]
    assert setting(name, "User") == ["clusterwerk"]


def test_the_supervisor_gets_time_to_stop_its_children_in_order() -> None:
    assert setting("clusterwerk.service", "KillMode") == ["mixed"]
    assert int(setting("clusterwerk.service", "TimeoutStopSec")[0]) >= 60


def settings_of_the_file() -> dict[str, str]:
    """Its settings, those that are commented out as well."""
    text = (DEPLOY / "clusterwerk.env").read_text("utf-8")
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.MULTILINE))


def test_the_program_listens_where_the_proxy_asks_or_does_not_start() -> None:
    """A port that is named is never another one."""
    port = settings_of_the_file()["CLUSTERWERK_PORT"]
    assert f"server 127.0.0.1:{port};" in (DEPLOY / "nginx.conf").read_text("utf-8")
    assert re.search(rf"\bCLUSTERWERK_PORT={port}\b", dict(steps())["ENV"])
    assert f"127.0.0.1:{port}/healthz" in dict(steps())["HEALTHCHECK"]


def test_the_settings_of_the_file_are_documented() -> None:
    documented = (ROOT / "docs" / "operate" / "settings.md").read_text("utf-8")
    assert "CLUSTERWERK_HOSTS" in settings_of_the_file()
    assert [name for name in settings_of_the_file() if f"`{name}`" not in documented] == []


def test_the_settings_of_the_file_are_read_alike_by_a_shell(tmp_path: Path) -> None:
    """The command `clusterwerk` reads as a shell what its units read as systemd does."""
    value = "a b$HOME`x`"
    file = tmp_path / "clusterwerk.env"
    text = (DEPLOY / "clusterwerk.env").read_text("utf-8")
    file.write_text(text + f"CLUSTERWERK_SMTP_PASSWORD='{value}'\n", "utf-8")
    words = ["sh", "-c", 'set -aeu; . "$1"; env', "sh", str(file)]
    told = subprocess.run(words, capture_output=True, text=True, check=True, env={}).stdout
    assert "CLUSTERWERK_HOSTS=clusters.example.org" in told.splitlines()
    assert f"CLUSTERWERK_SMTP_PASSWORD={value}" in told.splitlines()


def test_the_command_of_the_server_is_a_script_that_a_shell_reads() -> None:
    subprocess.run(["sh", "-n", DEPLOY / "clusterwerk.sh"], check=True)
    assert os.access(DEPLOY / "clusterwerk.sh", os.X_OK)


@pytest.mark.skipif(os.geteuid() != 0, reason="anybody else would be asked for a password")
@pytest.mark.parametrize(("release", "asked"), [("", "current"), ("0.2.0", "0.2.0")])
def test_the_command_of_the_server_asks_the_release_that_runs_or_the_one_that_is_named(
    tmp_path: Path, release: str, asked: str
) -> None:
    settings = tmp_path / "clusterwerk.env"
    settings.write_text(f"CLUSTERWERK_VAR={tmp_path}\n", "utf-8")
    text = (DEPLOY / "clusterwerk.sh").read_text("utf-8")
    text = text.replace("/etc/clusterwerk/clusterwerk.env", str(settings))
    text = text.replace("/opt/clusterwerk", str(tmp_path))
    # The user of the installation is not on this machine.
    text = re.sub(r"exec setpriv [^\n]*\\\n[^\n]*-- ", "exec ", text)
    for name in ("current", "0.2.0"):
        program = tmp_path / name / "bin" / "clusterwerk"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\necho {name} "$@" "$CLUSTERWERK_VAR"\n', "utf-8")
        program.chmod(0o755)
    environment = {"PATH": os.environ["PATH"], **({"RELEASE": release} if release else {})}
    words = ["sh", "-c", text, "clusterwerk", "upgrade", "--plan"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (f"{asked} upgrade --plan {tmp_path}\n", "")


def test_logrotate_turns_the_log_of_the_database(tmp_path: Path) -> None:
    logrotate = needed("logrotate")
    me = pwd.getpwuid(os.geteuid()).pw_name
    log = tmp_path / "start.log"
    log.write_text("a line\n", "utf-8")
    log.chmod(0o600)
    tmp_path.chmod(0o700)
    file = tmp_path / "logrotate.conf"
    text = (DEPLOY / "logrotate.conf").read_text("utf-8")
    text = text.replace("/var/lib/clusterwerk/postgres/log", str(tmp_path))
    text = re.sub("su clusterwerk clusterwerk", f"su {me} {_group()}", text)
    file.write_text(text, "utf-8")
    file.chmod(0o644)
    words = [logrotate, "-f", "-s", str(tmp_path / "state"), str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert log.read_text("utf-8") == ""
    assert (tmp_path / "start.log.1.gz").exists()


def _group() -> str:
    return grp.getgrgid(os.getegid()).gr_name


# --- Users and folders ---------------------------------------------------------------------------


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make users")
def test_systemd_makes_the_user_and_the_folders(tmp_path: Path) -> None:
    for name in ("etc/sysusers.d", "etc/tmpfiles.d", "opt", "var/lib", "var/cache/nginx"):
        (tmp_path / name).mkdir(parents=True)
    for kind, more in (("sysusers", []), ("tmpfiles", ["--create"])):
        text = (DEPLOY / f"clusterwerk.{kind}").read_text("utf-8")
        # The user of the proxy is made by its package.
        text = text.replace("www-data", "root")
        (tmp_path / f"etc/{kind}.d/clusterwerk.conf").write_text(text, "utf-8")
        words = [needed(f"systemd-{kind}"), f"--root={tmp_path}", *more, "clusterwerk.conf"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert "clusterwerk:" in (tmp_path / "etc" / "passwd").read_text("utf-8")
    assert (tmp_path / "var/lib/clusterwerk").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "etc/clusterwerk").stat().st_mode & 0o777 == 0o750


# --- Container -----------------------------------------------------------------------------------


def steps() -> list[tuple[str, str]]:
    """Instruction and words, with continued lines joined."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    found = [line.partition(" ") for line in joined.splitlines() if line.strip()]
    return [(name, rest.strip()) for name, _, rest in found]


def test_the_container_copies_files_that_exist_and_are_not_ignored() -> None:
    kept = re.findall(r"^!(\S+)$", (ROOT / ".containerignore").read_text("utf-8"), re.MULTILINE)
    copied = [
        source
        for name, words in steps()
        if name == "COPY" and not words.startswith("--from")
        for source in words.split()[:-1]
    ]
    assert "src" in copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert [source for source in copied if source.split("/")[0] not in kept] == []


def test_the_container_is_nobody_special_keeps_its_data_and_says_how_it_is() -> None:
    found = dict(steps())
    assert found["USER"] == "clusterwerk"
    assert found["VOLUME"] == "/var/lib/clusterwerk"
    assert "/healthz" in found["HEALTHCHECK"]
    assert (found["ENTRYPOINT"], found["CMD"]) == ('["clusterwerk"]', '["serve"]')


def test_the_container_names_settings_that_exist() -> None:
    documented = (ROOT / "docs" / "operate" / "settings.md").read_text("utf-8")
    names = re.findall(r"\b(CLUSTERWERK_[A-Z_]+)=", dict(steps())["ENV"])
    assert names
    assert [name for name in names if f"`{name}`" not in documented] == []


# --- The package ---------------------------------------------------------------------------------


def test_every_file_of_the_program_is_in_the_package() -> None:
    patterns = re.findall(r'"\*\*/(\*\.[a-z]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    words = ["git", "ls-files", "src/clusterwerk"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [
        Path(line).name for line in listed.splitlines() if not line.endswith((".py", "py.typed"))
    ]
    assert names
    assert [name for name in names if not any(fnmatch(name, one) for one in patterns)] == []


# --- Settings ------------------------------------------------------------------------------------


def test_a_weak_token_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    for weak in ("short", "has a space in the middle", "ü" * 30):
        monkeypatch.setenv("CLUSTERWERK_METRICS_TOKEN", weak)
        with pytest.raises(ImproperlyConfigured, match="CLUSTERWERK_METRICS_TOKEN is too weak"):
            environment.token("CLUSTERWERK_METRICS_TOKEN")
    monkeypatch.delenv("CLUSTERWERK_METRICS_TOKEN")
    assert environment.token("CLUSTERWERK_METRICS_TOKEN") == ""


def test_a_log_of_an_unknown_form_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERWERK_LOG", "xml")
    with pytest.raises(ImproperlyConfigured, match="'xml'; expected text or json"):
        environment.choice("CLUSTERWERK_LOG", options=("text", "json"))


def test_what_need_not_survive_lies_where_systemd_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", "/run/one:/run/two")
    assert environment.runtime_folder() == Path("/run/one")

"""The rehearsal of docs/operate/rehearsal.md, done from its own text with Python's own library.

Every `sh` block of that page runs as it stands, every line of the `text` block behind it must come
in what was said, and every row of its tables is done by a visitor. Where the clone does not hold
the earlier release (a shallow one), the steps that need its program are left out, its fixture in
tests/releases is the old database, and that is said. Run by `.ci/run` as
`python3 tests/rehearsal.py`; exit code 1 and the reason when something is not as the page says.
"""

import argparse
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newcomer import ROOT, BrokenPromise, expect_nothing_left, free_port
from rehearsed import earlier, page, people
from rehearsed.page import Act, Commands, Step
from rehearsed.shell import Shell

# Steps that need the program of the earlier release, and where its database comes in otherwise.
NEED_EARLIER = (
    "The earlier release",
    "Load",
    "Work as people do",
    "Compare with before the upgrade",
    "The way back",
)
UPGRADE = "Upgrade"
NAMES = ("PLACE", "OLD", "NEW", "PORT")  # what a person chooses in the first block
KEY_MAKER = """#!/bin/sh
# Stands in for age-keygen on a machine without the package age.
exec "$PROGRAM/bin/python" -c '
import sys, pyrage
key = pyrage.x25519.Identity.generate()
open(sys.argv[2], "x").write(f"# public key: {key.to_public()}\\n{key}\\n")' "$@"
"""


class Rehearsal:
    """The page in one folder: `releases` is what a person brings, `place` where it happens."""

    def __init__(self, folder: Path, *, from_fixture: bool) -> None:
        self.folder = folder
        self.place = folder / "place"
        self.from_fixture = from_fixture
        self.seconds: dict[str, float] = {}
        for name in ("place", "programs", "releases"):
            (folder / name).mkdir()
        (folder / "programs" / "age-keygen").write_text(KEY_MAKER, "utf-8")
        (folder / "programs" / "age-keygen").chmod(0o755)
        self.shell = Shell(self.place, folder / "programs")

    def run(self) -> None:
        steps = page.steps()
        unknown = {*NEED_EARLIER, UPGRADE} - {step.title for step in steps}
        if unknown:
            raise BrokenPromise(f"the page has no step {', '.join(sorted(unknown))}")
        for step in steps:
            if self.from_fixture and step.title in NEED_EARLIER:
                print(f"{step.number:>2}. {step.title}: left out", flush=True)
                continue
            self.timed(step)

    def timed(self, step: Step) -> None:
        print(f"{step.number:>2}. {step.title}", flush=True)
        begun = time.monotonic()
        if self.from_fixture and step.title == UPGRADE:
            change = page.first_change()
            self.earlier("load", change.who, change.sets)
        for part in step.parts:
            self.act(part) if isinstance(part, Act) else self.commands(part)
        if self.from_fixture and step.title == UPGRADE:
            self.earlier("check")
        self.seconds[step.title] = time.monotonic() - begun
        print(f"      {self.seconds[step.title]:.1f} s", flush=True)

    def commands(self, part: Commands) -> None:
        said = self.shell.run(self.own_values(part.text))
        missing = page.first_missing(part.expected, said)
        if missing is not None:
            raise BrokenPromise(f"the line {missing.strip()!r} does not come in\n{said}")
        for line in part.expected:
            print(f"      {line}")

    def own_values(self, text: str) -> str:
        """The first block tells where things are; there it is we who choose."""
        if not text.startswith(f"export {NAMES[0]}="):
            return text
        named = [line.split("=")[0].removeprefix("export ") for line in text.splitlines()]
        if named != list(NAMES):
            raise BrokenPromise(f"the first block sets {named}, not {list(NAMES)}")
        old, new = (self.folder / "releases" / name for name in ("old", "new"))
        values = [str(self.place), str(old), str(new), str(free_port())]
        pairs = zip(NAMES, values, strict=True)
        return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in pairs)

    def act(self, part: Act) -> None:
        people.do(part, self.place)
        print(f"      {part.who} at {part.opens}")

    def earlier(self, *words: str) -> None:
        """Put the old database in place by the present program, or look at it."""
        tests = ROOT / "tests"
        tool = shlex.join([str(tests / "rehearsed" / "earlier.py"), *words])
        said = self.shell.run(
            "clusterwerk database start\n"
            f"export PYTHONPATH={shlex.quote(str(tests))}\n"
            f'"$PROGRAM/bin/python" {tool}\n'
            "unset PYTHONPATH\n"
            "clusterwerk database stop"
        )
        print("".join(f"      {line}\n" for line in said.splitlines()), end="")


def has_earlier() -> bool:
    """Whether this clone holds the sources of the earlier release."""
    return not git("cat-file", "-e", f"{earlier.COMMIT}^{{commit}}", check=False).returncode


def bring(folder: Path, *, from_fixture: bool) -> None:
    """What is committed, as a person unpacks it; a file not yet committed does not count."""
    wanted = {"new": "HEAD"} if from_fixture else {"old": earlier.COMMIT, "new": "HEAD"}
    for name, commit in wanted.items():
        target = folder / "releases" / name
        target.mkdir()
        packed = git("archive", "--format=tar", commit).stdout
        subprocess.run(["tar", "-x", "-C", str(target)], input=packed, check=True)


def git(*words: str, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    """Git in this clone, whoever owns its files."""
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *words]
    return subprocess.run(command, check=check, capture_output=True)


def rehearse(folder: Path, *, from_fixture: bool) -> None:
    rehearsal = Rehearsal(folder, from_fixture=from_fixture)
    try:
        bring(folder, from_fixture=from_fixture)
        rehearsal.run()
    finally:
        rehearsal.shell.end()
    expect_nothing_left(folder)
    if list(rehearsal.place.iterdir()):
        raise BrokenPromise("tidying up leaves something behind")
    print(f"All of it took {sum(rehearsal.seconds.values()):.0f} s.")


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Do the rehearsal of docs/operate/rehearsal.md.")
    parser.add_argument(
        "--from-fixture", action="store_true", help="as in a clone without the earlier release"
    )
    return parser.parse_args()


def main() -> int:
    from_fixture = asked().from_fixture or not has_earlier()
    source = (
        "its fixture in tests/releases" if from_fixture else f"its sources, {earlier.COMMIT:.7}"
    )
    print(f"Release {earlier.RELEASE} out of {source}.", flush=True)
    # An end from outside must tidy up, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The rehearsal was ended."))
    folder = Path(tempfile.mkdtemp(prefix="rehearsal"))
    # Everybody may pass: for root, the database server runs as another user.
    folder.chmod(0o755)
    try:
        rehearse(folder, from_fixture=from_fixture)
    except (BrokenPromise, OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"The rehearsal is broken: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("The rehearsal holds: yes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Put the operations of new migrations into `AtOnce`, so that migrating stays quick.

    .venv/bin/python tools/at_once.py src/clusterwerk/members/migrations/0009_name.py

Consecutive operations on tables are taken together; code and SQL keep their place between them.
Only for migrations that nobody has run yet.
"""

import ast
import subprocess
import sys
from pathlib import Path

TOGETHER = {
    "CreateModel",
    "AddField",
    "AddConstraint",
    "AddIndex",
    "AddTrigger",
    "RemoveTrigger",
    "RemoveConstraint",
}
IMPORT = "from clusterwerk.platform.at_once import AtOnce\n"


def main(names: list[str]) -> int:
    for name in names:
        path = Path(name)
        text = path.read_text("utf-8")
        path.write_text(taken_together(text), "utf-8")
        subprocess.run(["ruff", "check", "--fix", "--quiet", "--select", "I", name], check=False)
        subprocess.run(["ruff", "format", "--quiet", name], check=True)
    return 0


def taken_together(text: str) -> str:
    """The text of a migration with its operations on tables in lists."""
    operations = _operations(ast.parse(text))
    parts: list[list[ast.expr]] = []
    for each in operations.elts:
        joins = _kind(each) in TOGETHER
        if joins and parts and _kind(parts[-1][0]) in TOGETHER:
            parts[-1].append(each)
        else:
            parts.append([each])
    written = ",\n".join(_written(text, part) for part in parts)
    start, end = _span(text, operations)
    changed = f"{text[:start]}[\n{written},\n]{text[end:]}"
    if changed.count("AtOnce(") == 0 or IMPORT in changed:
        return changed
    return changed.replace("from django.db import", IMPORT + "from django.db import", 1)


def _operations(tree: ast.Module) -> ast.List:
    (migration,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in migration.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "operations":
            assert isinstance(node.value, ast.List)
            return node.value
    message = "This is no migration: it has no list of operations."
    raise SystemExit(message)


def _kind(node: ast.expr) -> str:
    if not isinstance(node, ast.Call):
        return ""
    called = node.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _written(text: str, part: list[ast.expr]) -> str:
    lines = ",\n".join(ast.get_source_segment(text, each) or "" for each in part)
    return lines if len(part) == 1 else f"AtOnce(operations=[\n{lines},\n])"


def _span(text: str, node: ast.expr) -> tuple[int, int]:
    lines = text.splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())

    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return place(node.lineno, node.col_offset), place(node.end_lineno, node.end_col_offset)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

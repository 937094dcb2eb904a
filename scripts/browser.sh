#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests, installing one where it can. A clear failure otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."

find_chromium() {
  local name
  for name in "${MAM_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then command -v "$name"; return; fi
  done
  .venv/bin/python - <<'PY'
import sys
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = Path(playwright.chromium.executable_path)
    print(path) if path.exists() else sys.exit(1)
PY
}

if find_chromium 2>/dev/null; then exit 0; fi
{
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium
  else
    .venv/bin/python -m playwright install chromium
  fi
} >&2 || true
find_chromium || { echo "make test: no Chromium found, and none could be installed (Debian: apt install chromium)." >&2; exit 1; }

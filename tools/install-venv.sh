#!/bin/sh
# Debian ships Python without ensurepip, which `python3 -m venv` needs: install it.
set -eu
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing python3-venv …"
    apt-get install --yes --quiet python3-venv >/dev/null ||
        { apt-get update --quiet >/dev/null && apt-get install --yes --quiet python3-venv >/dev/null; }
else
    echo "Python has no ensurepip here. Install it, then run make again: sudo apt-get install python3-venv" >&2
    exit 1
fi

#!/bin/sh
# The tests of pages run in Chromium. Where it is missing, install Debian's; where that
# cannot be done, say so and go on: those tests are then skipped with this reason.
set -eu
for browser in chromium chromium-browser google-chrome; do
    if command -v "$browser" >/dev/null; then exit 0; fi
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the tests of pages …"
    export DEBIAN_FRONTEND=noninteractive
    install="apt-get install --yes --quiet --no-install-recommends chromium"
    $install >/dev/null 2>&1 || { apt-get update --quiet >/dev/null && $install >/dev/null; } ||
        echo "Chromium could not be installed; the tests in a browser will be skipped." >&2
else
    echo "There is no Chromium; the tests in a browser will be skipped. On Debian: sudo apt-get install chromium" >&2
fi

#!/bin/sh
# The tests of pages run in Chromium, driven by Playwright, whose driver needs libatomic.
# Where they are missing, install Debian's; where that cannot be done, say so and go on:
# those tests are then skipped with this reason.
set -eu
has_browser() {
    for browser in chromium chromium-browser google-chrome; do
        if command -v "$browser" >/dev/null; then return 0; fi
    done
    return 1
}
has_libatomic() {
    ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1'
}
if has_browser && has_libatomic; then exit 0; fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the tests of pages …"
    export DEBIAN_FRONTEND=noninteractive
    install="apt-get install --yes --quiet --no-install-recommends chromium libatomic1"
    $install >/dev/null 2>&1 || { apt-get update --quiet >/dev/null && $install >/dev/null; } ||
        echo "Chromium could not be installed; the tests in a browser will be skipped." >&2
elif ! has_browser; then
    echo "There is no Chromium; the tests in a browser will be skipped. On Debian: sudo apt-get install chromium libatomic1" >&2
fi

#!/bin/sh
# raptor's rapper, which reads every export in a test, if Debian's packages can be had.
command -v rapper >/dev/null && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    install="apt-get install --yes --quiet --no-install-recommends raptor2-utils"
    $install >/dev/null 2>&1 || { apt-get update --quiet >/dev/null && $install >/dev/null; } ||
        true
fi
command -v rapper >/dev/null ||
    echo "There is no rapper; its tests will be skipped. On Debian: sudo apt-get install raptor2-utils" >&2

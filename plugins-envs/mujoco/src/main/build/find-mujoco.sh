#!/usr/bin/env bash
# Finds MuJoCo for the build and lays it out the same way wherever it comes from:
#
#   find-mujoco.sh OUT [HOME]
#
#   OUT/include/mujoco/*.h   the headers
#   OUT/lib/*.so*            the library, and those it needs that a bare machine lacks
#   OUT/licenses/*           the terms of these libraries, where a package says them
#   OUT/origin               where it was found
#
# Looks in HOME or $MUJOCO_HOME (an unpacked release), then on the system, then takes Debian's or Ubuntu's packages without
# root. The packages are kept in ${XDG_CACHE_HOME:-~/.cache}/adapt4j, with their check sums, so that a clean build needs no network.
set -euo pipefail

out="$1"
home="${2:-${MUJOCO_HOME:-}}"
# Without a home, a folder of our own that nobody else could have filled.
caches="${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}"
cache="${caches:-$(mktemp -d)}/adapt4j/mujoco-packages"
multiarch="$(uname -m)-linux-gnu"
packages=(libmujoco-dev)
# What every machine with a JVM has, or must take from its own system.
common='^(libc6|libgcc-s1|libstdc\+\+6|libcrypt1|gcc-[0-9]+-base)$'

fail() {
    cat >&2 <<END
find-mujoco: $1
MuJoCo's headers and library are needed to build this module. One of these helps, then build again:
  sudo apt-get update && sudo apt-get install libmujoco-dev          (Debian 12 or later, Ubuntu 23.04 or later)
  ./mvnw -Dmujoco.home=/path/to/mujoco-2.2.2 verify                  (an unpacked release of MuJoCo; or set MUJOCO_HOME)
END
    exit 1
}

# The library of a folder: libmujoco.so, or the one with the highest version.
library() {
    local found
    for found in "$1/libmujoco.so" $(ls "$1"/libmujoco.so.* 2>/dev/null | sort -rV); do
        if [ -e "$found" ]; then
            echo "$found"
            return
        fi
    done
    return 1
}

# Lays out headers from $1 and the library $2, with neighbours of $2 that it needs and, of the system's, those that are not common.
lay_out() {
    rm -rf "$out.new"
    mkdir -p "$out.new/include/mujoco" "$out.new/lib" "$out.new/licenses"
    cp "$1"/mujoco/*.h "$out.new/include/mujoco/"
    # One file under the name that links and one that loads would be two copies in the jar.
    cp -L "$2" "$out.new/lib/libmujoco.so"
    LD_LIBRARY_PATH="$(dirname "$2")" ldd "$2" | while read -r name arrow path _; do
        case "$name" in
            libccd.so* | liblodepng.so* | libqhull_r.so* | libtinyxml2.so*)
                [ "$arrow" = "=>" ] && [ -e "$path" ] || fail "$2 needs $name, which is not there"
                cp -L "$path" "$out.new/lib/$name"
                ;;
        esac
    done
    for terms in "$(dirname "$1")"/share/doc/lib{mujoco,ccd,lodepng,qhull-r,tinyxml2-}[0-9]*/copyright "$3"/LICENSE; do
        [ ! -e "$terms" ] || cp -L "$terms" "$out.new/licenses/$(basename "$(dirname "$terms")").txt"
    done
    echo "$3" >"$out.new/origin"
    # What is the same keeps its time stamps, so that nothing is built anew for it.
    if diff -rq "$out.new" "$out" >/dev/null 2>&1; then
        rm -rf "$out.new"
        return
    fi
    rm -rf "$out"
    mv "$out.new" "$out"
    echo "find-mujoco: MuJoCo $(sed -n 's/^#define mjVERSION_HEADER *//p' "$out"/include/mujoco/mujoco.h) from $3"
}

# Downloads the packages with what they need into a folder. Uses the system's package lists, or fetches some of its own where
# there are none, as in a fresh container.
download() {
    local options=() needed
    mkdir -p "$1/state/lists/partial" "$1/archives/partial"
    if ! apt-cache show "${packages[0]}" >/dev/null 2>&1; then
        options=(-o "Dir::State=$1/state" -o "Dir::State::lists=$1/state/lists" -o "Dir::State::status=/var/lib/dpkg/status" -o "Dir::Cache=$1/archives"
            -o APT::Sandbox::User= -o Debug::NoLocking=1)
        echo "find-mujoco: fetching the package lists" >&2
        apt-get "${options[@]}" -q update >"$1/log" 2>&1 || true
    fi
    needed="$(apt-cache "${options[@]}" depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
        --no-replaces --no-enhances "${packages[@]}" 2>>"$1/log" | grep -E '^[a-z0-9]' | sort -u | grep -Ev "$common")" ||
        return 1
    # shellcheck disable=SC2086
    (cd "$1" && apt-get "${options[@]}" -o APT::Sandbox::User= -q download $needed >>"$1/log" 2>&1)
}

if [ -n "$home" ]; then
    [ -e "$home/include/mujoco/mujoco.h" ] || fail "$home has no include/mujoco/mujoco.h, so it is not a release of MuJoCo"
    found="$(library "$home/lib" || library "$home/lib/$multiarch")" || fail "$home/lib has no libmujoco.so"
    lay_out "$home/include" "$found" "$home"
    exit
fi

for prefix in /usr/local /usr; do
    if [ -e "$prefix/include/mujoco/mujoco.h" ] && found="$(library "$prefix/lib/$multiarch" || library "$prefix/lib")"; then
        lay_out "$prefix/include" "$found" "$prefix"
        exit
    fi
done

if [ ! -e "$cache/usr/include/mujoco/mujoco.h" ]; then
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
        fail "MuJoCo is not on this system, and there is no apt-get to fetch it with"
    mkdir -p "$(dirname "$cache")"
    work="$(mktemp -d "$cache.XXXXXX")"
    trap 'rm -rf "$work"' EXIT
    if ! download "$work"; then
        tail -n 5 "$work/log" >&2
        fail "the package libmujoco-dev could not be fetched"
    fi
    mkdir "$work/root"
    for package in "$work"/*.deb; do
        dpkg-deb -x "$package" "$work/root"
    done
    # Another build may have been faster.
    mv -T "$work/root" "$cache" 2>/dev/null || true
fi
[ -O "$cache" ] || fail "$cache belongs to somebody else: delete it, or set XDG_CACHE_HOME to a folder of your own"
sums="$cache/SHA256SUMS"
if [ -e "$sums" ]; then
    (cd "$cache" && sha256sum --check --strict --quiet SHA256SUMS >&2) || fail "$cache is damaged: delete it"
else
    (cd "$cache" && find usr -type f -exec sha256sum {} + >"$sums.$$")
    mv "$sums.$$" "$sums"
fi
found="$(library "$cache/usr/lib/$multiarch")" || fail "$cache is damaged: delete it"
lay_out "$cache/usr/include" "$found" "$cache"

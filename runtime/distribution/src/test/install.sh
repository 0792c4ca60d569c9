#!/usr/bin/env bash
# Installs an archive as a stranger would and runs it: in a folder with a space in its name that nobody may write to, by a link, without HOME,
# and, where this is run by root, as another user and without a network.
set -euo pipefail

archive="$(readlink -f "$1")"
root="$(mktemp -d "${TMPDIR:-/tmp}/adapt4j install.XXXXXX")"
trap 'chmod -R u+w "$root"; rm -rf "$root"' EXIT

mkdir "$root/opt" "$root/work"
tar -xzf "$archive" -C "$root/opt"
home="$(echo "$root"/opt/adapt4j-*)"
ln -s "$home/bin/adapt4j" "$root/opt/adapt4j"
chmod 755 "$root"
chmod -R a-w "$home"
chmod 777 "$root/work"

for file in README.md LICENSE lib/THIRD-PARTY.txt lib/sbom.cdx.json examples/experiments/quickstart.conf \
    share/man/man1/adapt4j-run.1 share/bash-completion/completions/adapt4j; do
    [ -s "$home/$file" ] || { echo "install.sh: the archive lacks $file" >&2; exit 1; }
done
bash -n "$home/share/bash-completion/completions/adapt4j"

cat >"$root/work/tiny.conf" <<'CONF'
name = tiny
benchmark.name = gridworld
adapt {
  adapter.name = fine-tune
  algorithm { name = ppo, rollout-steps = 16, minibatch-size = 32, network { encoder = mlp } }
  slots = 2
  tasks = 1
  budget.environment-steps = 64
  measure { every = 64, episodes = 1 }
}
methods { scratch {} }
CONF

stranger=()
if [ "$(id -u)" = 0 ]; then
    stranger=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    if unshare -n true 2>/dev/null; then
        stranger=(unshare -n "${stranger[@]}")
    fi
fi
as_a_stranger() {
    (cd "$root/work" && env -i PATH="$PATH" ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} "${stranger[@]}" "$root/opt/adapt4j" "$@")
}

as_a_stranger --version
as_a_stranger validate "$home/examples/experiments/quickstart.conf"
as_a_stranger run tiny.conf
[ -s "$root/work/runs/tiny/report/report.html" ] || { echo "install.sh: the run left no page" >&2; exit 1; }
echo "install.sh: installed and run"

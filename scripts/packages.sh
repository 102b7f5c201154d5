# Sourced by the other scripts: installs the Debian packages that a step needs and that are missing.
# Versions are those of Debian 12.

build_packages=(
  g++ cmake ninja-build ccache lld
  libboost1.81-dev librocksdb-dev nlohmann-json3-dev libyaml-cpp-dev libcli11-dev
  libspdlog-dev libfmt-dev libssl-dev zlib1g-dev libexpat1-dev libsimdjson-dev
  nodejs npm
)
test_packages=(libgtest-dev python3 python3-venv python3-boto3 awscli chromium libnss3-tools curl openssl procps)
clang_packages=(clang libclang-rt-14-dev llvm)
check_packages=(clang-format clang-tidy)
bench_packages=(python3 mosquitto nodejs npm)

# A program that is there counts, whichever package brought it: nodejs and npm often come from elsewhere.
is_installed() {
  case $1 in
    nodejs) command -v node ;;
    npm | cmake) command -v "$1" ;;
    *) dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed' ;;
  esac >/dev/null
}

need_packages() {
  local missing=() package
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "Installing ${missing[*]}" >&2
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >&2
}

# Prints a script's opening comment, which is its help.
show_help() {
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$1"
}

# Source this: it starts a PostgreSQL and a Redis of our own, exports DATABASE_URL and REDIS_URL, and stops
# both when the shell ends. Neither touches the system's own: other folder, other ports, loopback only.

services_folder=$(mktemp -d)
trap stop_services EXIT

stop_services() {
    [ -z "${redis_pid:-}" ] || { kill "$redis_pid" && wait "$redis_pid"; } || true
    [ ! -e "$services_folder/postgresql/postmaster.pid" ] ||
        as_postgres "$pg_bin/pg_ctl" stop --silent --mode immediate || true
    rm -rf "$services_folder"
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid postgres --regid postgres --clear-groups env PGDATA="$services_folder/postgresql" "$@"
    else
        env PGDATA="$services_folder/postgresql" "$@"
    fi
}

pg_binaries() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)
    found=${found:-$(command -v initdb)} && dirname "$found"
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Installing these packages starts the system's own servers, unless told not to.
install_servers() {
    if [ "$(id -u)" != 0 ]; then
        echo "PostgreSQL or Redis is missing: sudo apt-get install postgresql redis-server" >&2
        exit 1
    fi
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/none.conf
    local policy=/usr/sbin/policy-rc.d
    [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && local ours=yes; }
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        postgresql redis-server </dev/null >/dev/null
    [ -z "${ours:-}" ] || rm "$policy"
}

pg_binaries >/dev/null && command -v redis-server >/dev/null || install_servers
pg_bin=$(pg_binaries)

pg_port=$(free_port)
if [ "$(id -u)" = 0 ]; then chown postgres "$services_folder"; fi
# fr-FR sorts names as French people do, where PostgreSQL knows it (15 and later).
init="$pg_bin/initdb --username=cqp --auth=trust --encoding=UTF8 --locale=C.UTF-8"
as_postgres $init --locale-provider=icu --icu-locale=fr-FR >"$services_folder/initdb.log" 2>&1 ||
    as_postgres $init >"$services_folder/initdb.log"
# A crash may lose this data, so nothing waits for the disk.
pg_options="-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories="
pg_options="$pg_options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
as_postgres "$pg_bin/pg_ctl" start --silent --wait --log="$services_folder/postgresql/log" --options="$pg_options"
export DATABASE_URL="postgres://cqp@127.0.0.1:$pg_port/postgres"

redis_port=$(free_port)
redis-server --bind 127.0.0.1 --port "$redis_port" --save "" --appendonly no --databases 64 \
    --dir "$services_folder" >"$services_folder/redis.log" &
redis_pid=$!
until redis-cli -p "$redis_port" ping >/dev/null 2>&1; do
    kill -0 "$redis_pid" || { cat "$services_folder/redis.log" >&2; exit 1; }
    sleep 0.1
done
export REDIS_URL="redis://127.0.0.1:$redis_port"
echo "PostgreSQL on port $pg_port, Redis on port $redis_port"

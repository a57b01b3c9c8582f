#!/bin/sh
# The command `clusterwerk` on a server: with the settings and as the user of the installation.
# As root it becomes that user; anybody else needs sudo. Installed as /usr/local/bin/clusterwerk.
set -eu
settings=/etc/clusterwerk/clusterwerk.env
program=/opt/clusterwerk/current/bin/clusterwerk

if [ "$(id -u)" -ne 0 ]; then
    exec sudo "$0" "$@"
fi
set -a
. "$settings"
set +a
cd "${CLUSTERWERK_VAR:?is missing in $settings}"
umask 077
exec setpriv --reuid clusterwerk --regid clusterwerk --init-groups --no-new-privs \
    --inh-caps=-all -- "$program" "$@"

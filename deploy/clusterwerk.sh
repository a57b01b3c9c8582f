#!/bin/sh
# The command `clusterwerk` on a server: with the settings and as the user of the installation.
# As root it becomes that user; anybody else needs sudo. Installed as /usr/local/bin/clusterwerk.
# RELEASE=0.2.0 before it asks another release than the one that runs.
set -eu
settings=/etc/clusterwerk/clusterwerk.env
program=/opt/clusterwerk/${RELEASE:-current}/bin/clusterwerk

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

# Runs the agent where it can do no harm: no capabilities, no device nodes but a few, none of the host's logs,
# and of programs only those in the toolbox. Arguments: toolbox, configuration file, virtual environment.
set -e
toolbox=$1 configuration=$2 venv=$3
mount -t tmpfs tmpfs /run
mkdir /run/dev
for device in null zero random urandom tty; do
  : > "/run/dev/$device"
  mount --bind "/dev/$device" "/run/dev/$device"
done
mount --rbind /run/dev /dev
mount -t tmpfs tmpfs /var/log
if [ -e /proc/sysrq-trigger ]; then mount --bind /dev/null /proc/sysrq-trigger; fi
exec setpriv --pdeathsig KILL --inh-caps=-all --bounding-set=-all \
  env -i "PATH=$toolbox" LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 \
  "$venv/bin/python" "$venv/bin/ironic-python-agent" --config-file "$configuration"

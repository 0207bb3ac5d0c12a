#!/usr/bin/env bash
# Written by theriac workflow: the certificate, once all rounds are concluded; submit.sh submits it.
#SBATCH --cpus-per-task=1
set -euo pipefail
"${THERIAC:-theriac}" solve @INSTANCE@
exec "${THERIAC:-theriac}" certify @INSTANCE@

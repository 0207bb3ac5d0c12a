#!/usr/bin/env bash
# Written by theriac workflow: concludes round $1 with the solutions that are there; submit.sh submits it.
#SBATCH --cpus-per-task=1
set -euo pipefail
exec "${THERIAC:-theriac}" next @INSTANCE@ --round "$1"

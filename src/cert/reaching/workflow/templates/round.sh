#!/usr/bin/env bash
# Written by theriac workflow: one share of round $1; submit.sh submits it.
#SBATCH --array=0-@LAST@
#SBATCH --cpus-per-task=1@TIME@
set -euo pipefail
exec "${THERIAC:-theriac}" solve @INSTANCE@ --round "$1" \
  --task "$SLURM_ARRAY_TASK_ID/@TASKS@" --threads 1@LIMIT@

#!/usr/bin/env bash
# Written by theriac workflow: submits @ROUNDS@ rounds with @TASKS@ tasks each to Slurm, as arrays of jobs that wait
# for each other.
#
#   slurm/submit.sh                          all that is left to do
#   slurm/submit.sh --partition long         words for every sbatch
#
# Every machine has to see the folder of the instance, and theriac with a solver: `theriac` on the path,
# or THERIAC=... Once all jobs have ended, however they did, submit.sh may be called again: it goes on with
# the first round that is not concluded.
set -euo pipefail
cd -- "$(dirname -- "$0")"
mkdir -p log

# Prints the number of the job; --parsable adds the cluster behind a semicolon where there are several.
submit() {
  local id
  id="$(sbatch --parsable "$@")" || return
  printf '%s' "${id%%;*}"
}

wait_for=()
for ((round = 1; round <= @ROUNDS@; round++)); do
  if [ -e @INSTANCE@"/rounds/$round/answers.json" ]; then continue; fi
  array="$(submit --job-name="theriac-round-$round" --output=log/%x-%A_%a.out \
    ${wait_for[@]+"${wait_for[@]}"} "$@" round.sh "$round")"
  # However its tasks end, a round is concluded: what is missing is counted.
  concluded="$(submit --job-name="theriac-next-$round" --output=log/%x-%j.out \
    --dependency="afterany:$array" "$@" next.sh "$round")"
  # Nothing is left to do behind a round that could not be concluded.
  wait_for=(--dependency="afterok:$concluded" --kill-on-invalid-dep=yes)
  echo "round $round: jobs $array and $concluded"
done
end="$(submit --job-name=theriac-end --output=log/%x-%j.out \
  ${wait_for[@]+"${wait_for[@]}"} "$@" end.sh)"
echo "certificate: job $end"

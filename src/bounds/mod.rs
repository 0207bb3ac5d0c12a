//! Outward-rounded arithmetic and sound bounds on every quantity of a training run.

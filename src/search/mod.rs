//! Attacks found by replay, and exhaustive replay with pruning.

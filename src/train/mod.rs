//! Training replayed in plain double arithmetic: the judge of every attack.

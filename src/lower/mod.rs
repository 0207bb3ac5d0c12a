//! Targets and legalisation: what a target lacks is rewritten or refused.

//! Validation: hands out the token without which nothing is written.

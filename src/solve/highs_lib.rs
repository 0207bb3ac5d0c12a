//! HiGHS as a library.

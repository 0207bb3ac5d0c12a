//! From a question to a program: one file a construct.

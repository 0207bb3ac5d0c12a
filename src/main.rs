//! The `theriac` command: hands over to the library.

fn main() {}

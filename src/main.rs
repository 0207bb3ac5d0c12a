//! The `theriac` command: hands over to the library.

fn main() -> std::process::ExitCode {
    theriac::cli::main()
}

//! The `theriac` command: hands over to the library.

fn main() -> std::process::ExitCode {
    #[cfg(feature = "link-highs")]
    {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        if let Some((first, rest)) = arguments.split_first()
            && first == theriac::solve::linked::WORD
        {
            return theriac::solve::linked::main(rest);
        }
    }
    theriac::cli::main()
}

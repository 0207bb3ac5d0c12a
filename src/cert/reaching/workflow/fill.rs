//! The texts of a workflow, from templates.

/// Every file begins so, or has it in its second line.
pub const MARK: &str = "# Written by theriac workflow";

/// The files, relative to the folder of the workflow.
pub const FILES: [&str; 6] = [
    SNAKEFILE,
    "profiles/default/config.yaml",
    "slurm/submit.sh",
    "slurm/round.sh",
    "slurm/next.sh",
    "slurm/end.sh",
];

const SNAKEFILE: &str = "Snakefile";

/// What the templates leave open.
#[derive(Clone, Debug)]
pub struct Values {
    /// The instance, relative to the folder of the workflow.
    pub instance: String,
    /// Rounds.
    pub rounds: usize,
    /// Tasks of each.
    pub tasks: usize,
    /// Seconds for each objective, if the command line says so.
    pub limit: Option<f64>,
    /// Minutes that a task may take, if objectives have a limit.
    pub minutes: Option<u64>,
}

impl Values {
    /// The text of one of [`FILES`].
    pub fn text(&self, name: &str) -> String {
        let template = match name {
            SNAKEFILE => include_str!("templates/Snakefile"),
            "slurm/submit.sh" => include_str!("templates/submit.sh"),
            "slurm/round.sh" => include_str!("templates/round.sh"),
            "slurm/next.sh" => include_str!("templates/next.sh"),
            "slurm/end.sh" => include_str!("templates/end.sh"),
            _ => include_str!("templates/config.yaml"),
        };
        let instance = match name {
            SNAKEFILE => python(&self.instance),
            // Scripts lie one folder deeper.
            _ => shell(&format!("../{}", self.instance)),
        };
        let minutes = |before: &str| self.minutes.map_or(String::new(), |m| format!("{before}{m}"));
        let values = [
            ("ROUNDS", self.rounds.to_string()),
            ("TASKS", self.tasks.to_string()),
            ("LAST", self.tasks.saturating_sub(1).to_string()),
            ("LIMIT", self.limit.map_or(String::new(), |s| format!(" --time-limit {s}"))),
            ("RUNTIME", format!("{}{}", minutes("\n        runtime="), comma(self.minutes))),
            ("TIME", minutes("\n#SBATCH --time=")),
            ("INSTANCE", instance),
        ];
        fill(template, &values)
    }
}

fn comma(minutes: Option<u64>) -> &'static str {
    if minutes.is_some() { "," } else { "" }
}

/// Replaces every `@NAME@`. What is put in is not looked at again; any other `@` stays.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('@') {
        out.push_str(before);
        let named = after.split_once('@');
        let found =
            named.and_then(|(name, behind)| Some((values.iter().find(|v| v.0 == name)?, behind)));
        match found {
            Some(((_, value), behind)) => {
                out.push_str(value);
                rest = behind;
            }
            None => {
                out.push('@');
                rest = after;
            }
        }
    }
    out + rest
}

/// A word for a shell.
fn shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "./_-".contains(c);
    match word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// A string of Python.
fn python(word: &str) -> String {
    // Characters beyond ASCII stay as they are: Snakefiles are UTF-8.
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(instance: &str) -> Values {
        Values { instance: instance.to_owned(), rounds: 3, tasks: 2, limit: None, minutes: None }
    }

    #[test]
    fn nothing_is_left_open() {
        for limit in [None, Some(2.5)] {
            let values = Values { limit, minutes: limit.map(|_| 20), ..values("..") };
            for name in FILES {
                let text = values.text(name);
                let begins = text.lines().take(2).any(|line| line.starts_with(MARK));
                assert!(begins, "{name}: {text}");
                // Of bash, not of a template.
                let rest = text.replace("[@]", "").replace("\"$@\"", "");
                assert!(!rest.contains('@'), "{name}: {text}");
                let told = text.contains(" --time-limit 2.5\n");
                let solves = ["Snakefile", "slurm/round.sh"].contains(&name);
                assert_eq!(told, limit.is_some() && solves, "{name}: {text}");
            }
        }
    }

    #[test]
    fn words_are_quoted() {
        assert_eq!(shell("../a-b"), "../a-b");
        assert_eq!(shell("../a 'b'$x"), "'../a '\\''b'\\''$x'");
        assert_eq!(python("../a \"b\"\\"), "\"../a \\\"b\\\"\\\\\"");
        let text = values("../@TASKS@ x").text("slurm/next.sh");
        assert!(text.contains("next '../../@TASKS@ x' --round"), "{text}");
    }
}

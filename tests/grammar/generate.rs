//! Random sentences of a grammar.

use super::ebnf::{Expr, Grammar};

/// Productions inside each other beyond which nothing is repeated, and of alternatives the last is
/// taken, which must not lead back to where it came from.
const DEEP: usize = 12;

/// Makes sentences; the same seed makes the same ones.
pub struct Generator<'g> {
    grammar: &'g Grammar,
    random: fastrand::Rng,
    out: String,
}

impl<'g> Generator<'g> {
    pub fn new(grammar: &'g Grammar, seed: u64) -> Self {
        Generator { grammar, random: fastrand::Rng::with_seed(seed), out: String::new() }
    }

    /// A sentence of `start`.
    pub fn sentence(&mut self, start: &str) -> String {
        self.out.clear();
        self.production(start, 0);
        std::mem::take(&mut self.out)
    }

    fn production(&mut self, name: &str, depth: usize) {
        let grammar = self.grammar;
        let token = name.chars().all(|c| c.is_ascii_uppercase());
        if token {
            self.blank();
        }
        self.expr(&grammar[name], token, depth + 1);
    }

    fn expr(&mut self, expr: &Expr, token: bool, depth: usize) {
        match expr {
            Expr::Text(text) => {
                if !token {
                    self.blank();
                }
                self.out.push_str(text);
            }
            Expr::Range(from, to) => self.out.push(self.random.char(*from..=*to)),
            Expr::Name(name) => self.production(name, depth),
            Expr::Sequence(parts) => parts.iter().for_each(|p| self.expr(p, token, depth)),
            Expr::Choice(parts) => {
                let last = parts.len() - 1;
                let part = &parts[if depth > DEEP { last } else { self.random.usize(..=last) }];
                self.expr(part, token, depth);
            }
            Expr::Option(part) => {
                if self.random.bool() {
                    self.expr(part, token, depth);
                }
            }
            Expr::Repeat(part) => {
                // Deeper repetitions are shorter, so that sentences stay small.
                let most = match depth {
                    ..3 => 6,
                    3..=DEEP => 2,
                    _ => 0,
                };
                for _ in 0..self.random.usize(..=most) {
                    self.expr(part, token, depth);
                }
            }
        }
    }

    /// Blanks, with line breaks and comments where they count as blanks.
    fn blank(&mut self) {
        let free = self.out.ends_with([',', '(']);
        match self.random.u8(..8) {
            0 => self.out.push_str("  "),
            1 => self.out.push('\t'),
            2 if free => self.out.push_str("\n  "),
            3 if free => self.out.push_str(" # a comment, with } and \"\n"),
            _ => self.out.push(' '),
        }
    }
}

//! Heads of sections and their data lines.

use super::super::error::{Outcome, Problem};
use super::bounds::{self, Given};
use super::fields::Fields;
use super::{Reader, Row, RowSense, Section};
use crate::ir::{Guard, Mark, Place, Rule, Sense, Sos1, VarKind};

/// The sections whose lines name a set.
#[derive(Clone, Copy)]
enum Set {
    Rhs,
    Ranges,
    Bounds,
}

/// A matrix entry as it stands in the file.
pub(super) type Entry = (crate::ir::VarId, crate::ir::VarId, f64);

impl<'a> Reader<'a> {
    /// A line that begins a section; nothing for `ENDATA`.
    pub(super) fn head(&mut self, fields: &Fields<'a>) -> Outcome<Option<Section>> {
        let (word, rest) = match fields.list() {
            [word, rest @ ..] => (*word, rest),
            [] => return Err(fields.unexpected("a section")),
        };
        Ok(Some(match word {
            "NAME" => Section::Start,
            "OBJSENSE" => {
                if !self.rows.is_empty() {
                    return Err(fields.fail(Problem::ambiguous(
                        "an OBJSENSE behind ROWS",
                        "write it right behind NAME",
                    )));
                }
                if let [sense] = rest {
                    self.sense_word(sense, fields)?;
                    if self.maximise {
                        self.notes.push(
                            "`OBJSENSE MAX` on one line was read as maximise; CPLEX and lp_solve \
                             minimise such a file",
                        );
                    }
                }
                Section::ObjSense
            }
            "OBJNAME" => {
                if !self.rows.is_empty() {
                    return Err(fields.fail(Problem::ambiguous(
                        "an OBJNAME behind ROWS",
                        "write it in front of ROWS, with the name of the first row N",
                    )));
                }
                if let [name] = rest {
                    self.objective_name = Some((name, fields.line));
                }
                Section::ObjName
            }
            "ROWS" => {
                self.mark = Mark::Core;
                Section::Rows
            }
            "LAZYCONS" => {
                self.notes.push("lazy constraints were read as rows; COPT leaves them out");
                self.mark = Mark::Lazy;
                Section::Rows
            }
            "USERCUTS" => {
                self.notes.push("user cuts were read as rows; SCIP, CPLEX and COPT leave them out");
                self.mark = Mark::Cut;
                Section::Rows
            }
            "COLUMNS" => Section::Columns,
            "RHS" if self.has_ranges => {
                return Err(fields.fail(Problem::ambiguous(
                    "an RHS behind RANGES (HiGHS takes the ranges from 0)",
                    "write RHS in front of RANGES",
                )));
            }
            "RHS" => Section::Rhs,
            "RANGES" => {
                self.has_ranges = true;
                Section::Ranges
            }
            "BOUNDS" if std::mem::replace(&mut self.has_bounds, true) => {
                return Err(fields.fail(Problem::ambiguous(
                    "a second section BOUNDS",
                    "write the lines of both into one",
                )));
            }
            "BOUNDS" => Section::Bounds,
            "SOS" | "SOS1" => Section::Sos,
            // Xpress 9.9: each member stands behind the name of its set.
            "SETS" => Section::Sets,
            "QUADOBJ" => self.objective_matrix(Section::QuadObj, fields)?,
            "QMATRIX" => self.objective_matrix(Section::QMatrix, fields)?,
            "QSECTION" => match rest {
                [name] if self.row(name, fields)? == Row::Objective => {
                    self.objective_matrix(Section::QuadObj, fields)?
                }
                _ => {
                    return Err(fields.fail(Problem::ambiguous(
                        "a QSECTION on a row (MOSEK halves it, Gurobi does not)",
                        "write a QCMATRIX",
                    )));
                }
            },
            "QCMATRIX" => match rest {
                [name] => match self.row(name, fields)? {
                    Row::Real(r) => Section::QcMatrix(r),
                    Row::Objective | Row::Free => {
                        return Err(fields.unexpected("QCMATRIX with the name of a constraint"));
                    }
                },
                _ => return Err(fields.unexpected("QCMATRIX with the name of a row")),
            },
            "INDICATORS" => Section::Indicators,
            "ENDATA" => return Ok(None),
            "GENCONS" | "PWLOBJ" | "SOS2" | "CSECTION" | "SCENARIOS" => {
                return Err(fields.fail(Problem::unsupported(
                    format!("the section {word}"),
                    "write its contents as rows",
                )));
            }
            _ => return Err(fields.unexpected("a section of MPS")),
        }))
    }

    /// Some readers add a second matrix of the objective, some keep one of the two.
    fn objective_matrix(&mut self, section: Section, fields: &Fields<'a>) -> Outcome<Section> {
        if std::mem::replace(&mut self.has_matrix, true) {
            let name = fields.list().join(" ");
            return Err(fields.fail(Problem::Twice { kind: "a matrix of the objective,", name }));
        }
        Ok(section)
    }

    /// Some readers take the first set alone, some take all.
    fn same_set(&mut self, which: Set, name: Option<&'a str>, fields: &Fields<'_>) -> Outcome<()> {
        let Some(name) = name else {
            if fields.fixed_without_set() {
                self.notes.push(
                    "lines of fixed MPS with a blank in place of the set were read as such; CPLEX \
                     refuses them, Xpress reads another model",
                );
                return Ok(());
            }
            return Err(fields.fail(Problem::ambiguous(
                "a line without the name of its set (SCIP and HiGHS read it, Xpress reads 0, and \
                 others refuse it)",
                "write a name in front, such as RHS, RNG or BND",
            )));
        };
        let first = *self.sets[which as usize].get_or_insert(name);
        if first == name {
            return Ok(());
        }
        Err(fields.fail(Problem::ambiguous(
            format!("a second set `{name}` behind `{first}`"),
            "leave one set of right-hand sides, of ranges and of bounds",
        )))
    }

    fn sense_word(&mut self, word: &str, fields: &Fields<'_>) -> Outcome<()> {
        self.maximise = match word.to_ascii_uppercase().as_str() {
            "MAX" | "MAXIMIZE" | "MAXIMISE" => true,
            "MIN" | "MINIMIZE" | "MINIMISE" => false,
            _ => return Err(fields.unexpected("MIN or MAX")),
        };
        Ok(())
    }

    /// A line within a section.
    pub(super) fn data(
        &mut self,
        section: Section,
        fields: &Fields<'a>,
        matrix: &mut Vec<Entry>,
    ) -> Outcome<()> {
        match section {
            Section::Start => Err(fields.unexpected("a section (data lines begin with a blank)")),
            Section::ObjSense => match fields.list() {
                [word] => self.sense_word(word, fields),
                _ => Err(fields.unexpected("MIN or MAX")),
            },
            Section::ObjName => match fields.list() {
                [name] => {
                    self.objective_name = Some((name, fields.line));
                    Ok(())
                }
                _ => Err(fields.unexpected("the name of the objective")),
            },
            Section::Rows => self.declare_row(fields),
            Section::Columns => self.entries_of_column(fields),
            Section::Rhs => self.right_hand_side(fields),
            Section::Ranges => self.ranges(fields),
            Section::Bounds => self.bound(fields),
            Section::Sos => self.set(fields, false),
            Section::Sets => self.set(fields, true),
            Section::QuadObj | Section::QMatrix | Section::QcMatrix(_) => match fields.list() {
                [a, b, value] => {
                    let entry =
                        (self.column(a, fields)?, self.column(b, fields)?, fields.number(value)?);
                    matrix.push(entry);
                    Ok(())
                }
                _ => Err(fields.unexpected("two columns and a number")),
            },
            Section::Indicators => self.indicator(fields),
        }
    }

    fn declare_row(&mut self, fields: &Fields<'a>) -> Outcome<()> {
        let [kind, name] = fields.list() else {
            return Err(fields.unexpected("N, L, G or E and a name"));
        };
        if *name == "RHS" {
            return Err(fields.fail(Problem::ambiguous(
                "a row named `RHS` (in a line of RHS it may be the set)",
                "give the row another name",
            )));
        }
        let sense: RowSense = match *kind {
            "N" | "n" => None,
            "L" | "l" => Some(Sense::Le),
            "G" | "g" => Some(Sense::Ge),
            "E" | "e" => Some(Sense::Eq),
            _ => return Err(fields.unexpected("N, L, G or E")),
        };
        let row = match sense {
            None => {
                let taken = self.rows.values().any(|r| *r == Row::Objective);
                if !taken {
                    self.check_objective_name(Some(name))?;
                    Row::Objective
                } else {
                    self.notes.push("free rows besides the objective were left out");
                    Row::Free
                }
            }
            Some(sense) => {
                self.sense.push(sense);
                self.marks.push(self.mark);
                self.rhs.push(0.0);
                self.has_rhs.push(false);
                self.range.push(None);
                self.guard.push(None);
                self.newest.push(None);
                Row::Real(self.sense.len() - 1)
            }
        };
        match self.rows.insert(name, row) {
            None => Ok(()),
            Some(_) => Err(fields.fail(Problem::Twice { kind: "row", name: (*name).to_owned() })),
        }
    }

    fn entries_of_column(&mut self, fields: &Fields<'a>) -> Outcome<()> {
        if let [_, marker, which] = fields.list()
            && marker.trim_matches('\'') == "MARKER"
        {
            self.integer = match which.trim_matches('\'') {
                "INTORG" => true,
                "INTEND" => false,
                _ => return Err(fields.unexpected("INTORG or INTEND")),
            };
            return Ok(());
        }
        let (name, pairs) = match fields.list() {
            [name, pairs @ ..] if matches!(pairs.len(), 2 | 4) => (*name, pairs),
            _ => return Err(fields.unexpected("a column and one or two pairs of row and number")),
        };
        let before = self.columns.len();
        let id = self.columns.meet(name);
        if self.columns.len() > before {
            self.given.push(Given::default());
            if self.integer {
                self.columns.kind[id.index()] = VarKind::Integer;
                self.given[id.index()].marked = true;
            }
        } else if id.index() + 1 != before {
            // The entries of a column stand together; some readers overwrite, some add, some refuse.
            let name = name.to_owned();
            return Err(fields.fail(Problem::Twice { kind: "column", name }));
        }
        for pair in pairs.chunks_exact(2) {
            let value = fields.number(pair[1])?;
            match self.row(pair[0], fields)? {
                Row::Objective => {
                    if self.objective.last().is_some_and(|e| e.0 == id) {
                        return Err(twice(fields, pair[0]));
                    }
                    self.objective.push((id, value));
                }
                Row::Free => {}
                Row::Real(r) => {
                    if self.newest[r].replace(id) == Some(id) {
                        if value == 0.0 {
                            // SCIP 10 does so for each column of a quadratic row.
                            self.notes.push("entries that stand twice, once as 0, were read once");
                            continue;
                        }
                        return Err(twice(fields, pair[0]));
                    }
                    self.entries.push((r as u32, id, value));
                }
            }
        }
        Ok(())
    }

    fn right_hand_side(&mut self, fields: &Fields<'a>) -> Outcome<()> {
        let (set, pairs) = pairs(fields)?;
        self.same_set(Set::Rhs, set, fields)?;
        for (name, value) in pairs {
            let value = fields.number(value)?;
            match self.row(name, fields)? {
                Row::Objective if self.constant.is_some() => return Err(twice(fields, name)),
                Row::Objective => self.constant = Some(value),
                Row::Free => {
                    return Err(fields.fail(Problem::ambiguous(
                        format!("a right-hand side of `{name}`, a second row N,"),
                        "leave it out",
                    )));
                }
                Row::Real(r) if self.has_rhs[r] => return Err(twice(fields, name)),
                Row::Real(r) => {
                    self.rhs[r] = value;
                    self.has_rhs[r] = true;
                }
            }
        }
        Ok(())
    }

    fn ranges(&mut self, fields: &Fields<'a>) -> Outcome<()> {
        let (set, pairs) = pairs(fields)?;
        self.same_set(Set::Ranges, set, fields)?;
        for (name, value) in pairs {
            let value = fields.number(value)?;
            match self.row(name, fields)? {
                Row::Objective | Row::Free => {
                    return Err(fields.unexpected("the range of a constraint"));
                }
                Row::Real(r) if self.range[r].is_some() => return Err(twice(fields, name)),
                Row::Real(r) => self.range[r] = Some(value),
            }
        }
        Ok(())
    }

    fn bound(&mut self, fields: &Fields<'a>) -> Outcome<()> {
        let (kind, set, name, value) = match fields.list() {
            [kind, set, name, value] => (*kind, Some(*set), *name, Some(*value)),
            // Without a set, or without a value.
            [kind, a, b] => match bounds::needs_value(kind) {
                true => (*kind, None, *a, Some(*b)),
                false => (*kind, Some(*a), *b, None),
            },
            [kind, name] => (*kind, None, *name, None),
            _ => return Err(fields.unexpected("a kind of bound, a set, a column and a number")),
        };
        self.same_set(Set::Bounds, set, fields)?;
        let id = self.column(name, fields)?;
        bounds::apply(&mut self.columns, &mut self.given, id, kind, value, fields)
    }

    /// ` S1 name` and ` x 1`, or CPLEX's ` S1 SOS name` and ` SOS x 1`.
    fn set(&mut self, fields: &Fields<'a>, named: bool) -> Outcome<()> {
        let list = fields.list();
        if let [name @ ("S1" | "S2"), weight] = list
            && self.columns.find(name).is_some()
            && weight.parse::<f64>().is_ok()
        {
            return Err(fields.fail(Problem::ambiguous(
                format!("the member `{name}` of a set, which may be the head of another,"),
                "give the column another name",
            )));
        }
        match list {
            ["S1", ..] if list.len() <= 4 => {
                let origin = Rule::Foreign.at(Place::NONE);
                self.sos1.push(Sos1 { members: Vec::new(), origin });
                Ok(())
            }
            ["S2", ..] => Err(fields.fail(Problem::unsupported(
                "a special ordered set of type 2",
                "write it with binary columns",
            ))),
            [set, name, weight] if named || matches!(*set, "SOS" | "SOS1") => {
                self.member(name, weight, fields)
            }
            [name, weight] if !named => self.member(name, weight, fields),
            _ => Err(fields.unexpected("a column and its weight")),
        }
    }

    fn member(&mut self, name: &str, weight: &str, fields: &Fields<'_>) -> Outcome<()> {
        let member = (self.column(name, fields)?, fields.number(weight)?);
        match self.sos1.last_mut() {
            Some(set) => {
                set.members.push(member);
                Ok(())
            }
            None => Err(fields.unexpected("`S1` and the name of a set")),
        }
    }

    fn indicator(&mut self, fields: &Fields<'a>) -> Outcome<()> {
        let ["IF", row, column, value] = fields.list() else {
            return Err(fields.unexpected("IF, a row, a column and 0 or 1"));
        };
        let var = self.column(column, fields)?;
        let value = match fields.number(value)? {
            0.0 => false,
            1.0 => true,
            _ => return Err(fields.unexpected("0 or 1")),
        };
        match self.row(row, fields)? {
            Row::Objective | Row::Free => Err(fields.unexpected("the name of a constraint")),
            Row::Real(r) if self.guard[r].is_some() => Err(twice(fields, row)),
            Row::Real(r) => {
                self.guard[r] = Some(Guard { var, value });
                Ok(())
            }
        }
    }
}

fn twice(fields: &Fields<'_>, name: &str) -> super::Located {
    fields.fail(Problem::Twice { kind: "the entry of row", name: name.to_owned() })
}

/// The name of a set, if there is one, and pairs of row and number.
type Pairs<'a> = (Option<&'a str>, Vec<(&'a str, &'a str)>);

/// The pairs of a line of `RHS` or `RANGES`, with or without the name of the set.
fn pairs<'a>(fields: &Fields<'a>) -> Outcome<Pairs<'a>> {
    let list = fields.list();
    let (set, list) = match list {
        [set, rest @ ..] if list.len() % 2 == 1 => (Some(*set), rest),
        _ => (None, list),
    };
    match list.len() {
        2 | 4 => Ok((set, list.chunks_exact(2).map(|p| (p[0], p[1])).collect())),
        _ => Err(fields.unexpected("one or two pairs of row and number")),
    }
}

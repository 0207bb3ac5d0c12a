//! MPS files, free and fixed (as long as names have no blanks).
//!
//! Signs, halves and defaults are those on which the readers agree: the objective's right-hand side
//! is the negative constant, `QUADOBJ` holds one triangle of a matrix that is halved, `QCMATRIX`
//! both triangles of one that is not, an integer column without bounds is binary. What they read in
//! different ways is refused.

mod bounds;
mod fields;
mod matrices;
mod sections;

use indexmap::IndexMap;

use super::Draft;
use super::columns::Columns;
use super::error::{Located, Outcome, Problem};
use crate::ir::{Guard, Mark, Objective, QuadTerm, Sense, Sos1, VarId};
use bounds::Given;
use fields::Fields;

/// The sense of a row; `None` for one without, such as the objective.
type RowSense = Option<Sense>;

/// What a name in `ROWS` stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Objective,
    /// A free row that is not the objective.
    Free,
    /// A row of the model.
    Real(usize),
}

/// Everything that the sections share.
#[derive(Default)]
struct Reader<'a> {
    columns: Columns<'a>,
    /// Bounds given, by column.
    given: Vec<Given>,
    rows: IndexMap<&'a str, Row>,
    sense: Vec<Sense>,
    /// What the section says that each row is for, and the section's own mark.
    marks: Vec<Mark>,
    mark: Mark,
    rhs: Vec<f64>,
    has_rhs: Vec<bool>,
    range: Vec<Option<f64>>,
    guard: Vec<Option<Guard>>,
    /// The column of the newest entry of each row.
    newest: Vec<Option<VarId>>,
    /// Entries of all real rows: row, column, value.
    entries: Vec<(u32, VarId, f64)>,
    objective: Vec<(VarId, f64)>,
    /// The objective row that `OBJNAME` names, and the line that does.
    objective_name: Option<(&'a str, usize)>,
    constant: Option<f64>,
    /// Whether `QUADOBJ` or another matrix of the objective was met.
    has_matrix: bool,
    /// Whether `BOUNDS` was met.
    has_bounds: bool,
    /// Whether `RANGES` was met.
    has_ranges: bool,
    /// The first names of the sets of `RHS`, `RANGES` and `BOUNDS`.
    sets: [Option<&'a str>; 3],
    quad_objective: Vec<QuadTerm>,
    /// Quadratic parts by row, in the order of their sections.
    quad_rows: Vec<(usize, Vec<QuadTerm>)>,
    /// Between the markers `INTORG` and `INTEND`.
    integer: bool,
    sos1: Vec<Sos1>,
    maximise: bool,
    notes: Vec<&'static str>,
}

/// The section that the data lines belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Start,
    ObjSense,
    ObjName,
    Rows,
    Columns,
    Rhs,
    Ranges,
    Bounds,
    Sos,
    Sets,
    /// One triangle, halved.
    QuadObj,
    /// Both triangles, halved.
    QMatrix,
    /// Both triangles of a row, not halved.
    QcMatrix(usize),
    Indicators,
}

/// Reads an MPS file.
pub(super) fn read(text: &str) -> Outcome<Draft> {
    let mut reader = Reader::default();
    let mut section = Section::Start;
    let mut matrix = Vec::new();
    let mut ended = false;
    let mut last = 0;
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        last = number;
        if let Some(comment) = line.strip_prefix('*') {
            // PuLP tells the sense to nobody but itself.
            if comment.trim().eq_ignore_ascii_case("SENSE:Maximize") {
                return Err(Problem::ambiguous(
                    "a comment that asks to maximise (PuLP's; every solver minimises the file)",
                    "write a section OBJSENSE with MAX",
                )
                .at(number));
            }
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        if ended {
            let found = line.trim().to_owned();
            return Err(Problem::expected("nothing behind ENDATA", found).at(number));
        }
        // The title may have any number of words.
        let line = if line.starts_with("NAME") { "NAME" } else { line };
        let fields = Fields::of(line, number)?;
        if line.starts_with([' ', '\t']) {
            reader.data(section, &fields, &mut matrix)?;
            continue;
        }
        reader.close_matrix(section, &mut matrix, number)?;
        match reader.head(&fields)? {
            Some(next) => section = next,
            None => ended = true,
        }
    }
    if !ended {
        return Err(Problem::CutOff("`ENDATA`").at(last.max(1)));
    }
    reader.finish()
}

impl<'a> Reader<'a> {
    fn row(&self, name: &str, fields: &Fields<'_>) -> Result<Row, Located> {
        self.rows
            .get(name)
            .copied()
            .ok_or_else(|| fields.fail(Problem::Undeclared { kind: "row", name: name.to_owned() }))
    }

    fn column(&self, name: &str, fields: &Fields<'_>) -> Result<VarId, Located> {
        self.columns.find(name).ok_or_else(|| {
            fields.fail(Problem::Undeclared { kind: "column", name: name.to_owned() })
        })
    }

    /// Gurobi and HiGHS take the first row `N` whatever `OBJNAME` says.
    fn check_objective_name(&self, first: Option<&str>) -> Outcome<()> {
        match self.objective_name {
            Some((name, line)) if first != Some(name) => Err(Problem::ambiguous(
                format!("an OBJNAME `{name}` that is not the first row N"),
                "make it the first row N, or leave OBJNAME out",
            )
            .at(line)),
            _ => Ok(()),
        }
    }

    /// Rows as the model has them: by row, quadratic parts joined.
    fn finish(mut self) -> Outcome<Draft> {
        if !self.rows.values().any(|r| *r == Row::Objective) {
            self.check_objective_name(None)?;
        }
        bounds::finish(&mut self.columns, &self.given)?;
        let mut draft = Draft { maximise: self.maximise, ..Draft::default() };
        self.notes.iter().for_each(|n| draft.note(n));
        self.columns.finish(&mut draft.model)?;
        // Columns came one after the other: a stable sort by row keeps them ascending in each.
        self.entries.sort_by_key(|e| e.0);
        self.quad_rows.sort_by_key(|q| q.0);
        let mut quad = std::mem::take(&mut self.quad_rows).into_iter().peekable();
        let mut entries = self.entries.iter().peekable();
        let mut terms = Vec::new();
        let mut names = vec![""; self.sense.len()];
        for (name, row) in &self.rows {
            if let Row::Real(r) = row {
                names[*r] = name;
            }
        }
        for (r, name) in names.into_iter().enumerate() {
            terms.clear();
            while let Some(e) = entries.next_if(|e| e.0 as usize == r) {
                terms.push((e.1, e.2));
            }
            let product = quad.next_if(|q| q.0 == r).map(|q| q.1).unwrap_or_default();
            self.add_row(&mut draft, (r, name), &terms, &product)?;
        }
        let sign = if self.maximise { -1.0 } else { 1.0 };
        let linear: Vec<_> = self.objective.iter().map(|&(v, a)| (v, sign * a)).collect();
        let quad: Vec<_> = self
            .quad_objective
            .iter()
            .map(|t| QuadTerm { coefficient: sign * t.coefficient, ..*t })
            .collect();
        let constant = self.constant.map_or(0.0, |rhs| 0.0 - sign * rhs);
        draft.model.objective = Objective::new(&linear, &quad, constant);
        draft.model.sos1 = self.sos1;
        draft.indicators_are_binary()?;
        Ok(draft)
    }

    /// One row, or two where it has a range.
    fn add_row(
        &self,
        draft: &mut Draft,
        (r, name): (usize, &str),
        terms: &[(VarId, f64)],
        quad: &[QuadTerm],
    ) -> Outcome<()> {
        let (sense, rhs, guard) = (self.sense[r], self.rhs[r], self.guard[r]);
        let origin = draft.origin(Some(name));
        if guard.is_some() && !quad.is_empty() {
            return Err(Problem::unsupported(
                "an indicator on a quadratic row",
                "give the product a column of its own",
            )
            .anywhere());
        }
        let mark = self.marks[r];
        let mut push = |sense, rhs| {
            let id = draft.model.push_row(terms, quad, guard, sense, rhs, origin);
            if mark != Mark::Core {
                draft.model.rows.set_mark(id, mark);
            }
        };
        match (self.range[r], sense) {
            (None, _) => push(sense, rhs),
            (Some(range), Sense::Le) => {
                push(Sense::Ge, rhs - range.abs());
                push(Sense::Le, rhs);
            }
            (Some(range), Sense::Ge) => {
                push(Sense::Ge, rhs);
                push(Sense::Le, rhs + range.abs());
            }
            (Some(range), Sense::Eq) => {
                push(Sense::Ge, rhs + range.min(0.0));
                push(Sense::Le, rhs + range.max(0.0));
            }
        }
        Ok(())
    }
}

//! SHOT's `.osrl`: XML with the status, six decimals a value, and the bound among `other` results.
//!
//! ```text
//! <other name="OriginalProblemConvexity" value="nonconvex"/> <other name="DualObjectiveBound" .../>
//! <var idx="0" name="x_0">0.800002</var> ... <obj idx="-1">5.800002</obj>
//! <status type="feasible" description="..."><substatus .../></status>
//! ```
//!
//! SHOT is exact for convex problems. For others its cuts may remove the optimum, so that neither
//! its bound nor its `globallyOptimal` is taken.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::SolError;
use super::text::{self, Text, xml_attribute};
use super::{Solution, Status, Values};

#[derive(Default)]
struct Found {
    convex: bool,
    bound: Option<f64>,
    status: Option<(String, String)>,
    reason: Option<String>,
    objective: Option<f64>,
    values: Vec<f64>,
    announced: Option<usize>,
    /// Whether the text that follows is a value or the objective.
    inside: Option<bool>,
}

pub(super) fn parse(text: Text<'_>) -> Result<Solution, SolError> {
    let mut reader = Reader::from_str(text.rest());
    let mut found = Found::default();
    let mut whole = false;
    loop {
        match reader.read_event().map_err(|e| text.wrong("XML", &e.to_string()))? {
            Event::Start(e) => found.open(&e, &text)?,
            Event::Empty(e) => {
                found.open(&e, &text)?;
                found.inside = None;
            }
            Event::Text(t) => {
                let Some(objective) = found.inside.take() else { continue };
                let shown = String::from_utf8_lossy(&t).into_owned();
                let Some(v) = text::after("", &shown) else {
                    return Err(text.wrong("a number", &shown));
                };
                if objective {
                    found.objective = Some(v);
                } else {
                    found.values.push(v);
                }
            }
            Event::End(e) if e.name().as_ref() == b"osrl" => whole = true,
            Event::Eof => break,
            _ => {}
        }
    }
    if !whole {
        return Err(text.truncated("before `</osrl>`".to_owned()));
    }
    found.finish(&text)
}

impl Found {
    fn open(&mut self, e: &BytesStart<'_>, text: &Text<'_>) -> Result<(), SolError> {
        let get = |name: &str| xml_attribute(e, name, text);
        match e.name().as_ref() {
            b"other" => match get("name")?.as_deref() {
                Some("OriginalProblemConvexity") => {
                    self.convex = get("value")?.as_deref() == Some("convex");
                }
                Some("DualObjectiveBound") => {
                    self.bound = get("value")?.and_then(|v| text::after("", &v));
                }
                _ => {}
            },
            b"values" => {
                if let Some(n) = get("numberOfVar")? {
                    self.announced = n.parse().ok();
                }
            }
            b"var" => {
                if get("idx")? != Some(self.values.len().to_string()) {
                    return Err(text.wrong("the columns in order", "another `idx`"));
                }
                self.inside = Some(false);
            }
            b"obj" => self.inside = Some(true),
            b"status" => {
                let words = get("description")?.unwrap_or_default();
                self.status = Some((get("type")?.unwrap_or_default(), words));
            }
            b"substatus" => self.reason = get("description")?,
            _ => {}
        }
        Ok(())
    }

    fn finish(self, text: &Text<'_>) -> Result<Solution, SolError> {
        let Some((kind, words)) = &self.status else {
            return Err(text.wrong("a status", "none"));
        };
        let full = match &self.reason {
            Some(reason) => format!("{words}: {reason}"),
            None => words.clone(),
        };
        let status = match kind.as_str() {
            "globallyOptimal" if self.convex => Status::Optimal,
            "infeasible" if self.convex => Status::Infeasible,
            "unbounded" => Status::Unbounded,
            "globallyOptimal" => Status::Local(format!("{full}; the problem is not convex")),
            "locallyOptimal" | "feasible" => Status::Local(full),
            "error" => Status::Failed(full),
            _ => Status::Unknown(full),
        };
        let mut solution = Solution { digits: 6, ..Solution::pointless(status) };
        if self.convex {
            solution.dual_bound = self.bound.and_then(text::finite);
        }
        if self.announced.unwrap_or(0) != self.values.len() {
            return Err(text.wrong("as many values as it announces", "another number"));
        }
        if !self.values.is_empty() {
            solution.objective = self.objective.and_then(text::finite);
            solution.values = Values::Indexed(self.values);
        }
        Ok(solution)
    }
}

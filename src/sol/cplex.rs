//! CPLEX's `.sol`: XML with the status as code and words, and every column by name.
//!
//! ```text
//! <CPLEXSolution version="1.2">
//!  <header objectiveValue="11.3" solutionStatusValue="101" solutionStatusString="..." .../>
//!  <variables><variable name="b.1" index="0" value="1"/> ...
//! ```
//!
//! After "unbounded" CPLEX 22.2 writes a point of zeros and calls it feasible; it is not taken. A
//! file with several solutions (a pool) is refused. The dual bound stands in the log alone.

use indexmap::IndexMap;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::error::SolError;
use super::text::{self, Text, xml_attribute};
use super::{Solution, Status, Values};

pub(super) fn parse(text: Text<'_>) -> Result<Solution, SolError> {
    let body = text.rest();
    let mut reader = Reader::from_str(body);
    let mut header: Option<(Status, Option<f64>)> = None;
    let mut values = IndexMap::new();
    let mut whole = false;
    loop {
        let event = reader.read_event().map_err(|e| text.wrong("XML", &e.to_string()))?;
        match event {
            Event::Start(e) | Event::Empty(e) => match e.name().as_ref() {
                b"CPLEXSolutions" => {
                    return Err(text.wrong("one solution", "a pool of solutions"));
                }
                b"header" => header = Some(read_header(&e, &text)?),
                b"variable" => {
                    let (name, value) =
                        (xml_attribute(&e, "name", &text)?, xml_attribute(&e, "value", &text)?);
                    let (Some(name), Some(v)) = (
                        name,
                        value
                            .as_deref()
                            .and_then(|v| text::after("", v.trim()).filter(|_| !v.is_empty())),
                    ) else {
                        return Err(text.wrong("a variable with name and value", "neither"));
                    };
                    text.insert(&mut values, &name, v)?;
                }
                _ => {}
            },
            Event::End(e) if e.name().as_ref() == b"CPLEXSolution" => whole = true,
            Event::Eof => break,
            _ => {}
        }
    }
    let Some((status, objective)) = header.filter(|_| whole) else {
        return Err(text.truncated("before `</CPLEXSolution>`".to_owned()));
    };
    let rays =
        matches!(status, Status::Infeasible | Status::Unbounded | Status::InfeasibleOrUnbounded);
    let mut solution = Solution::pointless(status);
    if !rays && !values.is_empty() {
        solution.objective = objective;
        solution.values = Values::Named { values, complete: true };
    }
    Ok(solution)
}

fn read_header(e: &BytesStart<'_>, text: &Text<'_>) -> Result<(Status, Option<f64>), SolError> {
    let words = xml_attribute(e, "solutionStatusString", text)?.unwrap_or_default();
    let status = classify(&words);
    let objective = xml_attribute(e, "objectiveValue", text)?;
    let objective = objective.and_then(|v| text::after("", &v)).and_then(text::finite);
    Ok((status, objective))
}

/// Classifies CPLEX's words, as its files and its log print them.
pub(super) fn classify(words: &str) -> Status {
    match words {
        "optimal" | "integer optimal solution" | "integer optimal, tolerance" => Status::Optimal,
        "infeasible" | "integer infeasible" => Status::Infeasible,
        "unbounded" | "integer unbounded" => Status::Unbounded,
        "unbounded or infeasible"
        | "infeasible or unbounded"
        | "integer unbounded or infeasible"
        | "integer infeasible or unbounded" => Status::InfeasibleOrUnbounded,
        _ if words.starts_with("aborted") => Status::Interrupted,
        _ if words.contains("limit exceeded") || words.contains("limit reached") => {
            Status::Limit(words.to_owned())
        }
        _ => Status::Unknown(words.to_owned()),
    }
}

//! `theriac eval`.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use serde::Serialize;

use super::{Failure, Output};
use crate::front::data::{self, DataError, DataProblem};
use crate::front::onnx::{self, Options};
use crate::front::printable::number;
use crate::network::Network;
use crate::network::graph::{Graph, Rounding};

/// Arguments of `eval`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  theriac eval examples/data/moons_2-1_s1.onnx -- 0.5,-0.25 -1,0\n  \
                  theriac eval net.onnx --data images.npy --count 10"
)]
pub struct Args {
    /// The network, an ONNX file.
    model: PathBuf,
    /// Inputs: numbers separated by commas, one input each. Put `--` before one that begins with
    /// a minus sign.
    inputs: Vec<String>,
    /// Inputs as an array, one sample each: a .npy, .npz (with one array) or IDX file, plain or
    /// packed, its numbers as they are stored. An array of as many numbers as the network takes is
    /// one sample.
    #[arg(long, value_name = "FILE", conflicts_with = "inputs")]
    data: Option<PathBuf>,
    /// The first sample of the array, counted from 0.
    #[arg(long, value_name = "ROW", requires = "data", default_value_t = 0)]
    first: usize,
    /// How many samples of the array; all that follow the first without it.
    #[arg(long, value_name = "N", requires = "data")]
    count: Option<usize>,
    /// Evaluate in single precision, in the order of sums of the ONNX runtime.
    #[arg(long)]
    single: bool,
}

#[derive(Serialize)]
struct Evaluated {
    inputs: usize,
    outputs: usize,
    /// What of the file is not evaluated, one sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    results: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    input: Vec<f64>,
    output: Vec<f64>,
}

/// Evaluates the network.
pub fn run(args: &Args, out: &Output) -> Result<(), Failure> {
    if args.inputs.is_empty() && args.data.is_none() {
        return Err(Failure::Input(
            "there are no inputs; give numbers separated by commas, such as `-- 0.5,-0.25`, or an \
             array with --data FILE"
                .to_owned(),
        ));
    }
    if args.count == Some(0) {
        return Err(Failure::Input("--count 0 asks for no sample; give at least 1".to_owned()));
    }
    let model = Model::load(&args.model, args.single, out)?;
    let (inputs, outputs) = model.sizes();
    let mut results = Vec::new();
    let mut point = |name: &dyn Display, input: Vec<f64>| {
        let output = model.eval(&input)?;
        if let Some(k) = output.iter().position(|v| v.is_nan()) {
            return Err(Failure::Input(format!(
                "output {k} for {name} is not defined, for example by the logarithm of a negative \
                 number; give an input for which the network has a value"
            )));
        }
        if output.iter().any(|v| v.is_infinite()) {
            return Err(Failure::Input(format!(
                "the output for {name} is beyond the largest double; give smaller inputs"
            )));
        }
        results.push(Point { input, output });
        Ok(())
    };
    for text in &args.inputs {
        point(text, parse(text, inputs)?)?;
    }
    if let Some(path) = &args.data {
        for (row, input) in samples(args, path, inputs)? {
            point(&format_args!("sample {row}"), input)?;
        }
    }
    let notes = match model {
        Model::Chain(_) => Vec::new(),
        Model::Graph(_, _, notes) => notes,
    };
    let done = Evaluated { inputs, outputs, notes, results };
    out.result(&done, || {
        let lines = done
            .results
            .iter()
            .map(|p| p.output.iter().map(|v| number(*v)).collect::<Vec<_>>().join(",") + "\n");
        lines.collect()
    })
}

/// A network that can be evaluated.
enum Model {
    /// Layer behind layer, as training has it.
    Chain(Box<Network>),
    /// Any graph, and what it leaves out.
    Graph(Box<Graph>, Rounding, Vec<String>),
}

impl Model {
    fn load(path: &Path, single: bool, out: &Output) -> Result<Self, Failure> {
        if !single && let Ok(loaded) = onnx::load(path) {
            return Ok(Model::Chain(Box::new(loaded.network)));
        }
        let options = Options { keep_last: true, ..Options::default() };
        let loaded = onnx::load_graph(path, &options).map_err(Failure::input)?;
        let notes: Vec<String> = loaded.notes.iter().map(ToString::to_string).collect();
        for note in &notes {
            out.note(&format!("note: {note}"));
        }
        let rounding = if single { Rounding::Single } else { Rounding::Double };
        Ok(Model::Graph(Box::new(loaded.graph), rounding, notes))
    }

    fn sizes(&self) -> (usize, usize) {
        match self {
            Model::Chain(n) => (n.inputs, n.outputs),
            Model::Graph(g, ..) => (g.input_len(), g.output_len()),
        }
    }

    fn eval(&self, x: &[f64]) -> Result<Vec<f64>, Failure> {
        match self {
            Model::Chain(n) => Ok(n.eval(x)),
            Model::Graph(g, rounding, _) => g.eval(x, *rounding).map_err(Failure::input),
        }
    }
}

/// What to do where a negative number was taken for an option, if that is what `error` is about.
pub fn hint(error: &clap::Error, arguments: &[String]) -> Option<Failure> {
    let mut words = arguments.iter().skip(1).filter(|a| *a != "--json");
    let unknown = error.kind() == ErrorKind::UnknownArgument;
    if !unknown || words.next().is_none_or(|command| command != "eval") {
        return None;
    }
    let negative = |a: &&String| {
        let digits = a.strip_prefix('-').map(|rest| rest.trim_start_matches('.'));
        digits.is_some_and(|d| d.starts_with(|c: char| c.is_ascii_digit()))
    };
    let rest: Vec<&String> = words.collect();
    let input = rest.iter().copied().find(negative)?;
    Some(Failure::Input(format!(
        "{input} begins with a minus sign and was taken for an option; put `--` before the inputs: \
         theriac eval MODEL -- {input}"
    )))
}

/// The samples of an array with their numbers.
fn samples(args: &Args, path: &Path, expected: usize) -> Result<Vec<(usize, Vec<f64>)>, Failure> {
    let array = data::load(path, None).map_err(Failure::input)?;
    let file = || path.display().to_string();
    let told = |problem: DataProblem| Failure::input(DataError { file: file(), problem });
    let (stored, len) = (array.rows(), array.row_len());
    let single = len != expected && stored.saturating_mul(len) == expected;
    let rows = if single { 1 } else { stored };
    if !single && len != expected {
        return Err(Failure::Input(format!(
            "{}: a sample has {len} numbers, but the network takes {expected}",
            file()
        )));
    }
    let end = args.count.map_or(rows, |n| args.first.saturating_add(n));
    if args.first >= rows || end > rows {
        return Err(Failure::Input(format!(
            "{}: there {} {rows} sample{}, counted from 0; take --first and --count within them",
            file(),
            if rows == 1 { "is" } else { "are" },
            if rows == 1 { "" } else { "s" }
        )));
    }
    let row = |r: usize| array.row(r).map_err(told);
    if single && end > args.first {
        let parts = (0..stored).map(row).collect::<Result<Vec<Vec<f64>>, Failure>>()?;
        return Ok(vec![(0, parts.concat())]);
    }
    (args.first..end).map(|r| Ok((r, row(r)?))).collect()
}

fn parse(text: &str, expected: usize) -> Result<Vec<f64>, Failure> {
    let values: Vec<f64> = text
        .split(',')
        .map(|cell| match cell.trim().parse::<f64>() {
            Ok(v) if v.is_finite() => Ok(v),
            Ok(_) | Err(_) => Err(Failure::Input(format!("{cell:?} is not a finite number"))),
        })
        .collect::<Result<_, _>>()?;
    if values.len() != expected {
        return Err(Failure::Input(format!(
            "{text} has {} numbers, but the network takes {expected}",
            values.len()
        )));
    }
    Ok(values)
}

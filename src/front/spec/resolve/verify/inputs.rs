//! `inputs` and `ask never`: a property in the words of the specification.

use dashu::rational::RBig;

use super::super::statements::At;
use super::{Context, Sizes, formula, number, property};
use crate::front::onnx::LoadedGraph;
use crate::front::spec::ast::{Elements, Formula as Written, InputSetting, Inputs};
use crate::front::spec::diag::{Code, Diagnostic};
use crate::front::spec::span::{Span, Spanned};
use crate::front::vnnlib::{Query, Tensor};
use crate::question::verify::{
    Atom, Case, CasesError, Formula, Property, Relation, Subject, Variable, cases,
};

/// Atoms that one block may stand for.
const MOST: usize = 1 << 24;

/// The property that no input of the block makes the forbidden formula true.
pub(super) fn never(
    block: At<'_, Inputs>,
    forbidden: &Spanned<Written>,
    network: &LoadedGraph,
    cx: &mut Context<'_>,
) -> Option<(Subject, Vec<Case>)> {
    let sizes = Sizes::of(&network.graph);
    let mut parts = Vec::new();
    let before = cx.errors.len();
    for setting in &block.node.settings {
        match &setting.node {
            InputSetting::In(elements, ends) => {
                let ends = number::range(ends, cx);
                let list = chosen(elements, sizes.inputs, setting.span, cx);
                let (Some(ends), Some(list)) = (ends, list) else { continue };
                if parts.len().saturating_add(2 * list.len()) > MOST {
                    let message = format!("this block stands for more than {MOST} bounds");
                    let error = Diagnostic::new(Code::TooLarge, message, setting.span);
                    cx.error(error.label("with this line").help("bound each input once"));
                    return None;
                }
                bounds(&list, &ends, setting.span, &mut parts, cx);
            }
            InputSetting::Formula(written) => {
                let found = formula::resolve(written, setting.span, sizes, cx);
                if found.as_ref().is_some_and(|f| f.atoms().any(|a| !a.on_inputs())) {
                    let message = "the set of inputs does not depend on outputs";
                    let error = Diagnostic::new(Code::NoRow, message, setting.span);
                    cx.error(error.label("names an output").help("move it behind `ask never`"));
                    continue;
                }
                parts.extend(found);
            }
        }
    }
    let found = formula::resolve(&forbidden.node, forbidden.span, sizes, cx)?;
    if cx.errors.len() > before {
        return None;
    }
    parts.push(found);
    let property = Property {
        formula: Formula::All(parts).simplified(),
        inputs: sizes.inputs,
        outputs: sizes.outputs,
    };
    let property = fitted(property, network, forbidden.span, cx)?;
    let keyword = Span { start: block.span.start, end: block.span.start + "inputs".len() };
    let cases = match cases(&property) {
        Ok(cases) => cases,
        Err(CasesError::Unbounded { input, side, .. }) => {
            let message = format!("input x[{input}] has no {side} bound");
            let error = Diagnostic::new(Code::OpenSet, message, keyword).label("in this block");
            let help = format!(
                "add a line such as `x[{input}] in [0, 1]`, because only a finite set can be verified"
            );
            cx.error(error.help(help));
            return None;
        }
    };
    if cases.is_empty() {
        let message = "nothing is asked: the formula is false for every input of the set, whatever \
                       the network computes";
        let error = Diagnostic::new(Code::EmptySet, message, forbidden.span).label("never true");
        let help = "look for bounds that contradict each other";
        cx.error(error.help(help).also(keyword, "the set of inputs"));
        return None;
    }
    let source = "of the specification".to_owned();
    Some((Subject::Property { source, property }, cases))
}

/// The property, if the network can answer it: not if it is about values that a last softmax made.
fn fitted(
    property: Property,
    network: &LoadedGraph,
    span: Span,
    cx: &mut Context<'_>,
) -> Option<Property> {
    let tensor = |name: &str, size| Tensor { name: name.to_owned(), shape: vec![size], onnx: None };
    let query = Query {
        inputs: vec![tensor("x", property.inputs)],
        outputs: vec![tensor("y", property.outputs)],
        property,
        plain: true,
        sha256: String::new(),
        file: String::new(),
    };
    match query.fit_loaded(network) {
        Ok(property) => Some(property),
        Err(error) => {
            cx.error(property::unfit(&error.problem.to_string(), span, "this formula"));
            None
        }
    }
}

/// The elements that are named.
pub(super) fn chosen(
    elements: &Elements,
    count: usize,
    span: Span,
    cx: &mut Context<'_>,
) -> Option<Vec<usize>> {
    let Some(list) = &elements.list else { return Some((0..count).collect()) };
    let before = cx.errors.len();
    let mut chosen = Vec::new();
    for range in &list.node {
        let first = range.first.node;
        let last = range.last.map_or(first, |l| l.node);
        if last < first {
            let message = format!("the range {first}..{last} runs backwards");
            let error = Diagnostic::new(Code::RowRange, message, range.span());
            cx.error(error.label("this range").help("write the smaller number first"));
        } else if last >= count {
            cx.error(formula::outside(false, last, count, range.span()));
        } else if chosen.len().saturating_add(last - first) > MOST {
            let message = format!("this line names more than {MOST} inputs");
            let error = Diagnostic::new(Code::TooLarge, message, span).label("this line");
            cx.error(error.help("name each input once"));
            return None;
        } else {
            chosen.extend(first..=last);
        }
    }
    (cx.errors.len() == before).then_some(chosen)
}

/// `lo <= x_i <= hi`
fn bounds(
    list: &[usize],
    (lo, hi): &(RBig, RBig),
    span: Span,
    parts: &mut Vec<Formula>,
    cx: &mut Context<'_>,
) {
    let line = cx.line(span);
    for (sign, end) in [(-1.0, -lo), (1.0, hi.clone())] {
        let Some(constant) = number::enclosed(&end, span, cx) else { return };
        for index in list {
            let Ok(index) = u32::try_from(*index) else { continue };
            let terms = vec![(Variable::Input(index), crate::bounds::Interval::point(sign))];
            parts.push(Formula::Atom(Atom { terms, relation: Relation::AtMost, constant, line }));
        }
    }
}

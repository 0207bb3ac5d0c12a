//! Where two JSON documents differ.

use serde_json::Value;

/// The first places where `found` is not `expected`, as paths such as `bound.value`, at most
/// `most`. Numbers must be the same doubles.
#[must_use]
pub fn differences(found: &Value, expected: &Value, most: usize) -> Vec<String> {
    let mut out = Vec::new();
    walk("", found, expected, most, &mut out);
    out.truncate(most);
    out
}

fn walk(path: &str, found: &Value, expected: &Value, most: usize, out: &mut Vec<String>) {
    if out.len() >= most {
        return;
    }
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (found, expected) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                match b.get(key) {
                    Some(other) => walk(&below(key), value, other, most, out),
                    None => out.push(format!("{} should not be there", below(key))),
                }
            }
            for key in b.keys().filter(|k| !a.contains_key(*k)) {
                out.push(format!("{} is missing", below(key)));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (k, (x, y)) in a.iter().zip(b).enumerate() {
                walk(&format!("{path}[{k}]"), x, y, most, out);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            out.push(format!("{path} has {} entries, not {}", a.len(), b.len()));
        }
        (a, b) if same(a, b) => {}
        (a, b) => out.push(format!("{path} is {a}, but the files give {b}")),
    }
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => {
            x == y || x.as_f64().map(f64::to_bits) == y.as_f64().map(f64::to_bits)
        }
        (x, y) => x == y,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_difference_has_its_path() {
        let a = json!({"v": 1, "w": [1, {"x": 0.1}], "extra": null, "n": [1]});
        let b = json!({"v": 1.0, "w": [1, {"x": 0.2}], "gone": true, "n": [1, 2]});
        assert_eq!(
            differences(&a, &b, 9),
            [
                "w[1].x is 0.1, but the files give 0.2",
                "extra should not be there",
                "n has 1 entries, not 2",
                "gone is missing"
            ]
        );
        assert_eq!(differences(&a, &b, 1).len(), 1);
        assert!(differences(&a, &a, 9).is_empty());
    }
}

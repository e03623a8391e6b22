//! [`Value::shape`](super::Value) natively; in wasm it is `value.js`.

use serde_json::{Map, Value};

pub(super) fn made(it: &Value, rows: &Value, given: [&str; 2]) -> Option<Value> {
    it.is_object().then_some(())?;
    let mut out = Map::new();
    for row in rows.as_array()? {
        let text = |at: usize| row.get(at).and_then(Value::as_str);
        let (kind, name) = (text(0)?, text(1)?);
        let value = match text(2).unwrap_or(name) {
            "" => Some(it),
            path => path.split('.').try_fold(it, |it, key| it.as_object()?.get(key)),
        };
        let value = value.unwrap_or(&Value::Null);
        match of_kind(
            value,
            &kind.to_ascii_lowercase(),
            row.get(3).unwrap_or(&Value::Null),
            given,
        ) {
            Some(it) => {
                out.insert(name.to_owned(), it);
            }
            None if kind != kind.to_ascii_lowercase() => return None,
            None => {}
        }
    }
    Some(Value::Object(out))
}

fn of_kind(it: &Value, kind: &str, rows: &Value, given: [&str; 2]) -> Option<Value> {
    let each = |make: &dyn Fn(&Value) -> Option<Value>| {
        let items = it.as_array().map(Vec::as_slice).unwrap_or_default();
        Some(items.iter().filter_map(make).collect())
    };
    let thing = |it: &Value| made(it, rows, given);
    match kind {
        "s" => it.is_string().then(|| it.clone()),
        "b" => it.is_boolean().then(|| it.clone()),
        "i" => Some(it.as_str().unwrap_or_default().into()),
        "u" => crate::url::Url::parse(it.as_str()?, Some(given[0])).map(|it| it.href.into()),
        "w" => each(&|it| it.is_string().then(|| it.clone())),
        "n" => each(&|it| match it.as_str() {
            Some(name) => Some(serde_json::json!({ "name": name })),
            None => thing(it),
        }),
        "p" if it.is_null() => None,
        "l" | "p" => each(&thing),
        "o" => thing(it),
        "r" => Some(it.clone()),
        "k" => Some(given[1].into()),
        _ => None,
    }
}

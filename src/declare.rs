//! What the build writes into the npm package from the declarations: methods, types, the list of error codes.
//! Native only; nothing of it is in the module.

use std::fmt::Write as _;

use crate::{
    auth::{Grade, PERMISSIONS},
    error::Code,
    hub::{ALL, Declared, Field, Gives},
};

/// `endpoints.js`: the names of the methods, in the order of the module's table; lists and files have their signs.
///
/// ```ignore-wasm32
/// let file = hubkey::declare::javascript();
/// assert!(file.contains("listModels* ") && file.contains("modelInfo "), "{file}");
/// ```
#[must_use]
pub fn javascript() -> String {
    let sign = |gives| match gives {
        Gives::One => "",
        Gives::List => "*",
        Gives::File => "<",
    };
    let names: Vec<_> = ALL.iter().map(|it| format!("{}{}", it.name, sign(it.gives))).collect();
    format!(
        "// Generated from the Rust declarations. A star: a list, page by page. <: a file.\nexport default \"{}\".split(\" \");\n",
        names.join(" ")
    )
}

/// The members of the type `ErrorCode`.
///
/// ```ignore-wasm32
/// assert!(hubkey::declare::error_codes().starts_with(r#"| "no_token""#));
/// ```
#[must_use]
pub fn error_codes() -> String {
    Code::ALL
        .iter()
        .map(|it| format!("| \"{}\"", it.as_str()))
        .collect::<Vec<_>>()
        .join("\n  ")
}

/// The members of the type `Permission`: all but those of a draft alone.
///
/// ```ignore-wasm32
/// let words = hubkey::declare::permissions();
/// assert!(words.contains(r#"| "repo.write""#) && !words.contains("repo.lfs.read"));
/// ```
#[must_use]
pub fn permissions() -> String {
    PERMISSIONS
        .iter()
        .filter(|it| it.grade < Grade::D)
        .map(|it| format!("/** To {}. */\n| \"{}\"", it.meaning, it.word))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The interfaces of the options.
///
/// ```ignore-wasm32
/// let types = hubkey::declare::typescript_types();
/// assert!(types.contains("export interface ModelInfoOptions extends CallOptions {"));
/// ```
#[must_use]
pub fn typescript_types() -> String {
    ALL.iter().map(options).collect()
}

/// The methods of the class.
///
/// ```ignore-wasm32
/// let methods = hubkey::declare::typescript_methods();
/// assert!(methods.contains("createRepo(options: CreateRepoOptions): Promise<CreatedRepo>;"));
/// ```
#[must_use]
pub fn typescript_methods() -> String {
    ALL.iter().map(method).collect::<Vec<_>>().join("\n")
}

fn options(it: &Declared) -> String {
    let mut out = format!(
        "/** Options of {{@link Hub.{}}}. */\nexport interface {} extends {} {{\n",
        it.name,
        type_name(it),
        match it.gives {
            // With what JavaScript alone has.
            Gives::File => "FileOptions",
            _ => "CallOptions",
        }
    );
    for field in it.fields {
        let _ = writeln!(out, "  /** {} */", text(field.docs));
        let _ = writeln!(
            out,
            "  {}{}: {};",
            field.name,
            if field.needed { "" } else { "?" },
            field_type(field)
        );
    }
    out + "}\n\n"
}

fn method(it: &Declared) -> String {
    let lines: Vec<_> = without_examples(it.docs)
        .iter()
        .map(|line| format!("   *{line}\n"))
        .collect();
    let needed = if it.fields.iter().any(|it| it.needed) { "" } else { "?" };
    let gives = match it.gives {
        Gives::One if it.reply == "bool" => "Promise<boolean>".to_owned(),
        Gives::One | Gives::File => format!("Promise<{}>", it.reply),
        Gives::List => format!("Listing<{}>", it.reply),
    };
    let docs = lines.concat();
    format!(
        "  /**\n{docs}   */\n  {}(options{needed}: {}): {gives};\n",
        it.name,
        type_name(it)
    )
}

/// The examples are Rust. With each goes the blank line behind it.
fn without_examples(lines: &[&'static str]) -> Vec<&'static str> {
    let mut out = Vec::new();
    let (mut inside, mut just_over) = (false, false);
    for line in lines {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        if !(inside || fence || (just_over && line.trim().is_empty())) {
            out.push(*line);
        }
        just_over = fence && !inside;
    }
    out
}

fn type_name(it: &Declared) -> String {
    format!("{}Options", it.rust)
}

fn text(lines: &[&str]) -> String {
    lines.iter().map(|it| it.trim()).collect::<Vec<_>>().join(" ")
}

fn field_type(field: &Field) -> String {
    let words = field.words.unwrap_or("string");
    match field.kind {
        "texts" => format!("{words} | readonly {words}[]"),
        "flag" => "boolean".to_owned(),
        "number" => "number".to_owned(),
        "repo_type" => "RepoType".to_owned(),
        "json" => "unknown".to_owned(),
        "range" => "readonly [start: number, end?: number]".to_owned(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::Place;

    #[test]
    fn every_option_has_a_place_and_every_place_an_option() {
        for it in ALL {
            for word in it.spec.split(' ').skip(2) {
                let option = word
                    .trim_start_matches(['?', '.', '@', '~', '-', '#', '<', '+'])
                    .split('=')
                    .next()
                    .unwrap();
                assert!(
                    option.is_empty() || it.fields.iter().any(|it| it.name == option),
                    "{}: {word} has no option",
                    it.name
                );
            }
            for field in it.fields {
                let client_side = ["limit", "pageSize", "existOk", "missingOk", "range"].contains(&field.name);
                assert_eq!(
                    field.place(it.spec) == Place::Client,
                    client_side,
                    "{}.{} goes nowhere",
                    it.name,
                    field.name
                );
            }
        }
    }

    #[test]
    fn examples_in_rust_stay_in_rust() {
        let docs = [
            " Reads.",
            "",
            " ```ignore-wasm32",
            " let it = 1;",
            " ```",
            "",
            " Source",
        ];
        assert_eq!(without_examples(&docs), [" Reads.", "", " Source"]);
        assert!(!typescript_methods().contains("```"));
    }

    #[test]
    fn names_are_those_of_the_python_client_in_camel_case() {
        assert!(javascript().contains("listModels* modelInfo createRepo listDatasets*"));
        assert!(typescript_methods().contains("listModels(options?: ListModelsOptions): Listing<Model>;"));
        assert!(typescript_types().contains("pipelineTag?: string;"));
        assert!(typescript_types().contains("expand?: ModelProperty | readonly ModelProperty[];"));
        assert!(typescript_methods().contains("repoExists(options: RepoExistsOptions): Promise<boolean>;"));
    }
}

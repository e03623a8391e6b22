//! `translated.js`: the module as plain JavaScript, for places that refuse WebAssembly.
//!
//! The Rust compiler runs once for both: what it made is told to do without reference types before wasm-bindgen sees
//! it, and binaryen turns newer instructions into older ones and then all of it into JavaScript.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use regex::{Captures, Regex};

use crate::project::Project;

/// Instructions that wasm2js does not know, said in those that it does.
const LOWERING: [&str; 3] = [
    "--signext-lowering",
    "--llvm-memory-copy-fill-lowering",
    "--llvm-nontrapping-fptoint-lowering",
];
/// Not as in Cargo.toml: here a call costs more than what inlining repeats.
const OPTIMISING: [&str; 5] = [
    "-Oz",
    "--converge",
    "--low-memory-unused",
    "--strip-producers",
    "--strip-target-features",
];

/// The glue and the module that wasm-bindgen makes of rustc's output, fit for [`source`].
pub(super) fn bind(project: &Project, raw: &Path, dir: &Path) -> Result<()> {
    let within = |name: &str| dir.join(name);
    fs::create_dir_all(dir)?;
    fs::write(within("hubkey.wasm"), without_references(&fs::read(raw)?)?)?;
    project
        .cmd("wasm-bindgen")
        .arg(within("hubkey.wasm"))
        .args(["--target", "bundler", "--no-typescript", "--out-name", "hubkey"])
        .arg("--out-dir")
        .arg(dir)
        .run()?;
    project
        .cmd("wasm-opt")
        .args(LOWERING)
        .args(OPTIMISING)
        .arg(within("hubkey_bg.wasm"))
        .arg("-o")
        .arg(within("hubkey_bg.wasm"))
        .run()
}

/// wasm-bindgen's glue, with what it would have put into the module itself had it known of references: the number of
/// the first value that may be dropped.
pub(super) fn glue(dir: &Path) -> Result<String> {
    let glue = fs::read_to_string(dir.join("hubkey_bg.js"))?;
    let kept = Regex::new(r"new Array\((\d+)\)\.fill\(undefined\);\s*heap\.push\(([^)]*)\);")?;
    let kept = kept
        .captures(&glue)
        .context("the glue keeps its values in another way")?;
    let first = kept[1].parse::<usize>()? + kept[2].split(',').count();
    Ok(format!(
        "{glue}\nexport function __wbindgen_externref_statics_end() {{ return {first}; }}\n"
    ))
}

/// The module with a list of features that lacks reference types; wasm-bindgen then keeps JavaScript's values in a list
/// of its own.
fn without_references(module: &[u8]) -> Result<Vec<u8>> {
    let mut module = module.to_vec();
    for feature in ["reference-types", "multivalue"] {
        let mut entry = vec![b'+', u8::try_from(feature.len())?];
        entry.extend(feature.bytes());
        let at = module.windows(entry.len()).position(|it| it == entry);
        let at = at.with_context(|| format!("the module does not say that it uses {feature}"))?;
        module[at] = b'-';
    }
    Ok(module)
}

/// A JavaScript module with one export, `instantiate`: takes imports, gives exports, any number of times.
pub(super) fn source(project: &Project, module: &Path, to: &Path) -> Result<()> {
    let draft = to.with_extension("draft.js");
    let made = project.cmd("wasm2js").args(["-Oz"]).arg(module).read()?;
    fs::write(&draft, factory(&made)?)?;
    // A page without a bundler would load three times as much.
    project
        .cmd("esbuild")
        .arg(&draft)
        .args(["--minify", "--format=esm", "--target=es2022", "--charset=ascii"])
        .args(["--log-level=warning", "--legal-comments=none"])
        .arg(format!("--outfile={}", to.display()))
        .run()?;
    fs::remove_file(draft)?;
    Ok(())
}

/// What wasm2js printed, as a function and not as one running instance.
fn factory(made: &str) -> Result<String> {
    let mut text = made.to_owned();
    // Each change must hit: a newer wasm2js that prints something else is to be looked at.
    let mut change = |what: &str, pattern: &str, by: &dyn Fn(&Captures) -> Result<String>| -> Result<()> {
        let pattern = Regex::new(pattern)?;
        let mut failed = None;
        ensure!(pattern.is_match(&text), "wasm2js printed no {what}");
        let changed = pattern.replace_all(&text, |found: &Captures| {
            by(found).unwrap_or_else(|error| {
                failed = Some(error);
                String::new()
            })
        });
        text = changed.into_owned();
        failed.map_or(Ok(()), Err)
    };
    change("import", r"(?m)^import \* as \w+ from '\w+';$", &|_| Ok(String::new()))?;
    change("instance of its own", r"(?s)\nvar retasmFunc = .*$", &|_| {
        Ok("\nexport const instantiate = asmFunc;\n".to_owned())
    })?;
    // The guard's caller knows a RangeError for what an engine says of itself.
    change("trap", r"throw new Error\('abort'\);", &|_| {
        Ok("throw new RangeError(\"unreachable\");".to_owned())
    })?;
    // Views that the glue holds are told by it that the memory has moved; a grown WebAssembly.Memory does the same.
    change("growth", r"\n( *)buffer = newBuffer;", &|found| {
        Ok(format!(
            "\n{0}structuredClone(buffer, {{ transfer: [buffer] }});\n{0}buffer = newBuffer;",
            &found[1]
        ))
    })?;
    change(
        "decoder",
        r"(?s)  var base64ReverseLookup = .*?\n(function initActiveSegments)",
        &|found| Ok(format!("{DECODER}{}", &found[1])),
    )?;
    change(
        "data",
        r#"base64DecodeToExistingUint8Array\((\w+), (\d+), "([^"]*)"\)"#,
        &|found| {
            let bytes = BASE64_STANDARD.decode(&found[3])?;
            Ok(format!("fill({}, {}, \"{}\")", &found[1], &found[2], escaped(&bytes)))
        },
    )?;
    // A Content-Security-Policy refuses these like WebAssembly itself.
    ensure!(
        !Regex::new(r"\beval\(|\bFunction\(|\bimport\b|WebAssembly")?.is_match(&text),
        "wasm2js printed something that a strict page refuses"
    );
    Ok(text)
}

/// Text as it is: compressors know words, and see none in base64. ASCII alone, whatever a minifier does to it.
fn escaped(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            b'"' | b'\\' | b'%' | b'`' | b'$' => format!("%{byte:02x}"),
            b' '..=b'~' => char::from(*byte).to_string(),
            _ => format!("%{byte:02x}"),
        })
        .collect()
}

const DECODER: &str = r#"function fill(to, at, text) {
  for (var i = 0; i < text.length; i++) {
    var code = text.charCodeAt(i);
    if (code === 37) {
      code = parseInt(text.substr(i + 1, 2), 16);
      i += 2;
    }
    to[at++] = code;
  }
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: &str = "import * as a from 'a';

  var bufferView;
  var base64ReverseLookup = new Uint8Array(123);
  function base64DecodeToExistingUint8Array(uint8Array, offset, b64) {
  }
function initActiveSegments(imports) {
  base64DecodeToExistingUint8Array(bufferView, 16, \"aGkiJQD/\");
}
function wasm2js_trap() { throw new Error('abort'); }
function asmFunc(imports) {
   buffer = newBuffer;
}

var retasmFunc = asmFunc({
  \"a\": a,
});
export var H = retasmFunc.H;
";

    #[test]
    fn one_running_instance_becomes_a_function() -> Result<()> {
        let made = factory(MADE)?;
        assert!(made.contains("fill(bufferView, 16, \"hi%22%25%00%ff\");"));
        assert!(made.contains("throw new RangeError(\"unreachable\");"));
        assert!(made.contains("structuredClone(buffer, { transfer: [buffer] });\n   buffer = newBuffer;"));
        assert!(made.ends_with("\nexport const instantiate = asmFunc;\n"));
        assert!(!made.contains("base64") && !made.contains("import * "));
        Ok(())
    }

    #[test]
    fn a_part_that_is_not_where_it_was_is_refused() {
        assert!(factory(&MADE.replace("wasm2js_trap() { throw new Error", "trap() { return ")).is_err());
        assert!(factory(&MADE.replace("aGkiJQD/", "***")).is_err());
    }

    #[test]
    fn what_a_strict_page_refuses_is_refused() {
        for word in ["eval(\"1\")", "new Function(\"1\")", "WebAssembly.Module"] {
            assert!(factory(&MADE.replace("function asm", &format!("{word};\nfunction asm"))).is_err());
        }
    }

    #[test]
    fn values_that_stay_are_counted() -> Result<()> {
        let dir = tempfile::tempdir()?;
        let write = |text: &str| fs::write(dir.path().join("hubkey_bg.js"), text);
        write("let heap = new Array(1024).fill(undefined);\nheap.push(undefined, null, true, false);\n")?;
        assert!(glue(dir.path())?.ends_with("statics_end() { return 1028; }\n"));
        write("let heap = [];\n")?;
        assert!(glue(dir.path()).is_err());
        Ok(())
    }

    #[test]
    fn references_are_taken_from_the_list_of_features() -> Result<()> {
        let made = without_references(b"+\x08sign-ext+\x0freference-types+\x0amultivalue")?;
        assert_eq!(made, b"+\x08sign-ext-\x0freference-types-\x0amultivalue");
        assert!(without_references(b"+\x0amultivalue").is_err());
        Ok(())
    }
}

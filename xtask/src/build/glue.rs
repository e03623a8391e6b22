//! `glue.js`: wasm-bindgen's glue as a function, so that each instance of the module has a copy of its own.
//!
//! After a panic a new instance takes over. Late timers and finalizers of the dead one would enter it
//! through shared glue, and corrupt it.

use anyhow::{Result, bail};
use regex::{Captures, Regex};

pub(super) fn factory(glue: &str) -> Result<String> {
    let mut imports = Vec::new();
    let mut snippets = Vec::new();
    let import = Regex::new(r#"(?m)^import .* from ['"](.*)['"];$"#)?;
    let body = import.replace_all(glue, |found: &Captures| {
        let number = snippets.len();
        imports.push(format!(
            "{}\nimport * as snippet{number} from '{}';",
            &found[0], &found[1]
        ));
        // Under this name the module itself asks for functions with plain arguments.
        snippets.push(format!("'{}': snippet{number}", &found[1]));
        String::new()
    });

    let mut names = Vec::new();
    let export = Regex::new(r"(?m)^export (async function|function|class|const) ([\w$]+)")?;
    let body = export.replace_all(&body, |found: &Captures| {
        names.push(found[2].to_owned());
        format!("{} {}", &found[1], &found[2])
    });
    if let Some(line) = body
        .lines()
        .find(|line| line.starts_with("export ") || line.starts_with("import "))
    {
        bail!("wasm-bindgen's glue has a line of a kind that is not known here: {line}");
    }

    Ok(format!(
        "// Made from wasm-bindgen's glue: a function, because each instance of the module needs its own.\n\
         {}{}\
         export const snippets = {{ {} }};\n\
         export const makeGlue = () => {{\n{}\nreturn {{ {} }};\n}};\n",
        imports.join("\n"),
        if imports.is_empty() { "" } else { "\n" },
        snippets.join(", "),
        body.trim_matches('\n'),
        names.join(", "),
    ))
}

#[cfg(test)]
mod tests {
    use super::factory;

    const GLUE: &str = "\
import { Thing, shout } from './snippets/hubkey-1/js/help.js';
import { other } from './snippets/hubkey-1/inline0.js';

export class Engine {
    go() { return wasm.go(); }
}
export const Num = Object.freeze({
    A: 0,
});
export function __wbg_shout_1(arg0) {
    return shout(arg0);
}
let wasm;
export function __wbg_set_wasm(val) {
    wasm = val;
}
";

    #[test]
    fn every_export_is_returned_and_every_snippet_is_listed() -> anyhow::Result<()> {
        let made = factory(GLUE)?;
        assert!(made.contains("return { Engine, Num, __wbg_shout_1, __wbg_set_wasm };"));
        assert!(made.contains(
            "export const snippets = { './snippets/hubkey-1/js/help.js': snippet0, \
             './snippets/hubkey-1/inline0.js': snippet1 };"
        ));
        assert_eq!(made.matches("export ").count(), 2);
        assert!(made.starts_with("// Made from"));
        assert!(made.find("import { other }") < made.find("makeGlue"));
        Ok(())
    }

    #[test]
    fn glue_without_snippets_is_fine() -> anyhow::Result<()> {
        assert!(factory("export function a() {}\n")?.contains("export const snippets = {  };"));
        Ok(())
    }

    #[test]
    fn an_unknown_form_is_refused() {
        for line in [
            "export { a as b };",
            "export default 1;",
            "import './x.js';",
            "export let a = 1;",
        ] {
            assert!(factory(line).is_err(), "{line}");
        }
    }
}

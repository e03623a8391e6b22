//! `glue.js`: wasm-bindgen's glue as a function, so that each instance of the module has a copy of its own.
//!
//! After a panic a new instance takes over. Late timers and finalizers of the dead one would enter it
//! through shared glue, and corrupt it.

use anyhow::{Context, Result, bail};
use regex::{Captures, Regex};

use super::names::{MODULE, Names};

pub(super) fn factory(glue: &str, short: &Names) -> Result<String> {
    let mut imports = Vec::new();
    let mut snippets = Vec::new();
    let import = Regex::new(r#"(?m)^import .* from ['"](.*)['"];$"#)?;
    let body = import.replace_all(glue, |found: &Captures| {
        let number = snippets.len();
        imports.push(format!(
            "{}\nimport * as snippet{number} from '{}';\n",
            &found[0], &found[1]
        ));
        snippets.push(found[1].to_owned());
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

    let export = |name: &str| {
        let export = short.exports.get(name);
        export.with_context(|| format!("the glue uses {name}, which the module does not have"))
    };
    let mut missing = None;
    let body = Regex::new(r"\bwasm\.([\w$]+)")?.replace_all(&body, |found: &Captures| match export(&found[1]) {
        Ok(name) => format!("wasm.{name}"),
        Err(error) => {
            missing.get_or_insert(error);
            String::new()
        }
    });
    if let Some(error) = missing {
        return Err(error);
    }

    let mut given = Vec::new();
    for [module, name, short] in &short.imports {
        // The module asks for functions with plain arguments by their own module.
        given.push(match snippets.iter().position(|it| it == module) {
            Some(number) => format!("{short}: snippet{number}.{name}"),
            None if names.contains(name) => format!("{short}: {name}"),
            None => bail!("the module imports {name}, which the glue does not have"),
        });
        names.retain(|it| it != name);
    }

    // Without references there is nothing to set up, and no such function.
    let start = match short.exports.get("__wbindgen_start") {
        Some(name) => format!("start: () => wasm.{name}(),"),
        None => "start() {},".to_owned(),
    };
    Ok(format!(
        "// Made from wasm-bindgen's glue: a function, because each instance of the module needs its own.\n\
         {}\
         export const makeGlue = () => {{\n{}\nreturn {{\n  \
         imports: {{ {MODULE}: {{ {} }} }},\n  {start}\n  {},\n}};\n}};\n",
        imports.concat(),
        body.trim_matches('\n'),
        given.join(", "),
        names.join(", "),
    ))
}

#[cfg(test)]
mod tests {
    use super::{Names, factory};

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

    fn short() -> Names {
        let imports = [
            ["./hubkey_bg.js", "__wbg_shout_1", "a"],
            ["./snippets/hubkey-1/inline0.js", "other", "b"],
        ];
        Names {
            imports: imports.map(|row| row.map(str::to_owned)).into(),
            exports: [("go", "c"), ("__wbindgen_start", "d")]
                .map(|(name, short)| (name.to_owned(), short.to_owned()))
                .into(),
        }
    }

    #[test]
    fn the_module_gets_what_it_asks_for_by_short_names() -> anyhow::Result<()> {
        let made = factory(GLUE, &short())?;
        assert!(made.contains("imports: { a: { a: __wbg_shout_1, b: snippet1.other } },"));
        assert!(made.contains("  start: () => wasm.d(),\n  Engine, Num, __wbg_set_wasm,\n"));
        assert!(made.contains("go() { return wasm.c(); }"));
        assert_eq!(made.matches("export ").count(), 1);
        assert!(made.starts_with("// Made from"));
        assert!(made.find("import { other }") < made.find("makeGlue"));
        Ok(())
    }

    #[test]
    fn a_module_without_a_start_needs_none() -> anyhow::Result<()> {
        let made = factory("export function a() {}\n", &Names::default())?;
        assert!(made.contains("  start() {},\n  a,\n"));
        Ok(())
    }

    #[test]
    fn an_export_that_the_module_does_not_have_is_refused() {
        assert!(factory("export function a() { wasm.gone(); }\n", &short()).is_err());
    }

    #[test]
    fn an_unknown_form_is_refused() {
        for line in [
            "export { a as b };",
            "export default 1;",
            "import './x.js';",
            "export let a = 1;",
        ] {
            assert!(factory(line, &short()).is_err(), "{line}");
        }
    }
}

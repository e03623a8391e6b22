//! Parts of the README that are made by a command, between two markers each.

use std::fs;

use anyhow::{Context, Result};

use crate::project::Project;

const FILE: &str = "README.md";

fn markers(name: &str) -> (String, String) {
    (
        format!("<!-- {name}: written by `cargo xtask {name}` -->\n"),
        format!("<!-- /{name} -->"),
    )
}

/// What stands between the markers of this name.
pub(crate) fn part<'a>(page: &'a str, name: &str) -> Result<&'a str> {
    let (begin, end) = markers(name);
    let missing = || format!("{FILE} lacks `{}` or `{end}`", begin.trim_end());
    let (_, rest) = page.split_once(&begin).with_context(missing)?;
    let (part, _) = rest.split_once(&end).with_context(missing)?;
    Ok(part.trim_end())
}

pub(crate) fn put(project: &Project, name: &str, text: &str) -> Result<()> {
    let page = project.read(FILE)?;
    Ok(fs::write(project.path(FILE), replaced(&page, name, text)?)?)
}

fn replaced(page: &str, name: &str, text: &str) -> Result<String> {
    part(page, name)?;
    let (begin, end) = markers(name);
    let (before, rest) = page.split_once(&begin).unwrap_or_default();
    let (_, after) = rest.split_once(&end).unwrap_or_default();
    Ok(format!("{before}{begin}{}\n{end}{after}", text.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "a\n<!-- x: written by `cargo xtask x` -->\nold\n\n<!-- /x -->\nb\n";

    #[test]
    fn only_the_part_of_that_name_is_replaced() -> Result<()> {
        let page = replaced(PAGE, "x", "new\n\nlines\n")?;
        assert_eq!(part(PAGE, "x")?, "old");
        assert_eq!(part(&page, "x")?, "new\n\nlines");
        assert!(page.starts_with("a\n<!-- x:") && page.ends_with("<!-- /x -->\nb\n"));
        assert_eq!(replaced(&page, "x", "old")?, PAGE.replace("\n\n", "\n"));
        Ok(())
    }

    #[test]
    fn a_page_without_the_markers_is_left_alone() {
        assert!(replaced("a\n", "x", "new").is_err());
        assert!(replaced(PAGE, "y", "new").is_err());
    }
}

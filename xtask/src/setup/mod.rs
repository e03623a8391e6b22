//! Everything that the other commands need on this machine, got once.

mod apt;
mod browser;
mod npm;
mod python;
mod rust;
mod tools;

use anyhow::Result;

use crate::project::Project;

/// Something that a command needs to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// The wasm target and the sources of the standard library
    Rust,
    /// wasm-bindgen and wasm-pack
    WasmTools,
    /// cargo-deny
    Deny,
    /// cargo-fuzz and a nightly toolchain
    Fuzz,
    /// cargo-mutants
    Mutants,
    /// Node and the dev dependencies of the root package.json
    Npm,
    /// Chromium and its driver
    Browser,
    /// Firefox
    Firefox,
    /// Firefox, WebKitGTK's driver and a display for it; nothing but the matrix wants them
    OtherBrowsers,
    /// The drivers in tests/matrix/package.json
    MatrixNpm,
    /// Python with the official client
    Python,
}

impl Need {
    pub(crate) const ALL: [Self; 6] = [
        Self::Rust,
        Self::WasmTools,
        Self::Npm,
        Self::Browser,
        Self::Firefox,
        Self::Python,
    ];
    pub(crate) const BUILD: &[Self] = &[Self::Rust, Self::WasmTools, Self::Npm];
}

/// Gets what is missing; takes well under a second when nothing is.
pub(crate) fn run(project: &Project, needs: &[Need]) -> Result<()> {
    // Two at once in one checkout would install over each other.
    std::fs::create_dir_all(project.path(".tools"))?;
    let lock = std::fs::File::create(project.path(".tools/lock"))?;
    lock.lock()?;
    for need in needs {
        match need {
            Need::Rust => rust::get(project)?,
            Need::WasmTools => {
                tools::get(project, &tools::WASM_BINDGEN)?;
                tools::get(project, &tools::WASM_PACK)?;
            }
            Need::Deny => tools::get(project, &tools::DENY)?,
            Need::Fuzz => {
                rust::nightly(project)?;
                tools::get(project, &tools::FUZZ)?;
            }
            Need::Mutants => tools::get(project, &tools::MUTANTS)?,
            Need::Npm => npm::get(project)?,
            Need::Browser => browser::get()?,
            Need::Firefox => browser::get_firefox()?,
            Need::OtherBrowsers => browser::get_others()?,
            Need::MatrixNpm => npm::get_for_matrix(project)?,
            Need::Python => python::get(project)?,
        }
    }
    tools::forget_build(project);
    Ok(())
}

pub(crate) use browser::{chromium, firefox, webkit_driver, xvfb};
pub(crate) use python::interpreter;

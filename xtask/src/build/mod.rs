//! The npm package: wasm, glue, hand-written files and generated parts, packed.

mod bytes;
mod declarations;
mod glue;
mod join;
mod manifest;
mod names;
mod translate;
mod wasm;

use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use anyhow::{Context, Result};

use crate::{
    proc::say,
    project::Project,
    stage,
    stamp::{self, Fingerprint},
};

#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) dir: PathBuf,
    pub(crate) tarball: PathBuf,
    /// Changes whenever the tarball may have changed.
    pub(crate) fingerprint: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Published,
    /// An ordinary release build.
    Plain,
    /// The published one with panics on purpose.
    Panicking,
}

/// Makes the package, or finds it made from the same inputs.
pub(crate) fn package(project: &Project, plain: bool) -> Result<Package> {
    make(project, if plain { Kind::Plain } else { Kind::Published })
}

/// The same package, in a folder of its own and marked as private, whose module panics where a test asks for it.
pub(crate) fn panicking_package(project: &Project) -> Result<Package> {
    make(project, Kind::Panicking)
}

fn make(project: &Project, kind: Kind) -> Result<Package> {
    // Two builds at once in one checkout would clear each other's folders away.
    let lock = fs::File::create(project.path("target/package.lock"))?;
    lock.lock()?;
    let wasm = wasm::build(project, kind)?;
    let panicking = kind == Kind::Panicking;
    let dir = project.path(if panicking {
        "target/pkg-panicking"
    } else {
        "target/pkg"
    });
    let version = project.version()?;
    let package = Package {
        tarball: dir.join(format!("hubkey-{version}.tgz")),
        dir,
        fingerprint: fingerprint(project, &wasm.fingerprint),
    };
    let stamp = package.dir.with_extension("stamp");
    if stamp::is_fresh(&stamp, &package.fingerprint) && package.tarball.is_file() {
        return Ok(package);
    }
    say("Packing the npm package.");
    assemble(project, &wasm.dir, &package.dir, panicking).context("cannot put the package together")?;
    let listing = project
        .cmd("npm")
        .args([
            "pack",
            "--ignore-scripts",
            "--loglevel=error",
            "--pack-destination",
            ".",
        ])
        .dir(&package.dir)
        .read()?;
    anyhow::ensure!(
        package.tarball.is_file(),
        "npm packed something else: {}",
        listing.trim()
    );
    stamp::write(&stamp, &package.fingerprint)?;
    Ok(package)
}

fn assemble(project: &Project, wasm: &Path, dir: &Path, private: bool) -> Result<()> {
    stage::clear(dir)?;
    let parts = &project.path("target/pkg-parts");
    stage::mirror(&project.path("pkg-template"), parts, &[])?;

    let module = dir.join("hubkey_bg.wasm");
    let short = names::shorten(project, &wasm.join("hubkey_bg.wasm"), &module)?;
    fs::write(parts.join("bytes.js"), bytes::source(&fs::read(&module)?))?;
    fs::write(
        parts.join("glue.js"),
        glue::factory(&fs::read_to_string(wasm.join("hubkey_bg.js"))?, &short)?,
    )?;
    translated(project, &wasm.join(wasm::RAW), parts).context("cannot turn the module into JavaScript")?;
    if wasm.join("snippets").is_dir() {
        stage::mirror(&wasm.join("snippets"), &parts.join("snippets"), &[])?;
    }
    fs::write(parts.join("snippets.js"), join::snippets(parts)?)?;

    let declared = declarations::read(project)?;
    if let Some(javascript) = &declared.javascript {
        fs::write(parts.join("endpoints.js"), javascript)?;
    }
    fs::write(dir.join("index.d.ts"), declared.fill(&declarations::whole(parts)?)?)?;

    let template = fs::read_to_string(parts.join("package.json"))?;
    let manifest = manifest::with_version(&template, &project.version()?, private)?;
    fs::write(dir.join("package.json"), &manifest)?;
    join::join(project, parts, &manifest::entries(&manifest)?, dir)?;
    for types in manifest::types(&manifest)? {
        // What has no generated part in it is types as it stands.
        if !dir.join(&types).exists() {
            fs::copy(parts.join(&types), dir.join(&types)).with_context(|| format!("no {types}"))?;
        }
    }
    for file in ["LICENSE", "README.md", "CHANGELOG.md"] {
        // A page of its own for npm's readers wins over the repository's.
        if !dir.join(file).exists() && project.path(file).is_file() {
            fs::copy(project.path(file), dir.join(file))?;
        }
    }
    manifest::check(&manifest, dir)
}

/// The same module without WebAssembly, and its glue.
fn translated(project: &Project, raw: &Path, parts: &Path) -> Result<()> {
    let work = project.path("target/translated");
    translate::bind(project, raw, &work)?;
    let module = work.join("short.wasm");
    let short = names::shorten(project, &work.join("hubkey_bg.wasm"), &module)?;
    let glue = glue::factory(&translate::glue(&work)?, &short)?;
    fs::write(parts.join("translated-glue.js"), glue)?;
    translate::source(project, &module, &parts.join("translated.js"))
}

fn fingerprint(project: &Project, wasm: &str) -> String {
    let mut print = Fingerprint::default().text(wasm).text(&own_build());
    for part in [
        "pkg-template",
        "xtask/examples",
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "Cargo.toml",
    ] {
        print = print.path(&project.path(part));
    }
    print.finish()
}

/// Tells builds of xtask apart: what it does to the package is an input too.
fn own_build() -> String {
    let meta = std::env::current_exe().and_then(fs::metadata);
    let age = meta
        .and_then(|meta| meta.modified())
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("{age:?}")
}

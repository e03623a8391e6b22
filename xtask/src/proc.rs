//! Child processes. Each has its own process group, and no group outlives xtask.

use std::{
    ffi::OsStr,
    fs::{self, File},
    path::Path,
    process::{self, Command, ExitCode, ExitStatus, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use nix::{
    sys::{
        signal::{Signal, killpg},
        wait::{WaitPidFlag, waitpid},
    },
    unistd::Pid,
};

static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());
const GRACE: Duration = Duration::from_secs(3);
const HEARTBEAT: Duration = Duration::from_secs(20);

/// Ctrl-C, a terminate and a hang-up end every child before they end us.
pub(crate) fn end_children_with_us() -> Result<()> {
    ctrlc::set_handler(|| {
        // Held to the end, so that nothing is started meanwhile.
        let groups = groups();
        end(&groups);
        process::exit(130);
    })
    .context("cannot listen for Ctrl-C")
}

/// One sentence about what happens next.
pub(crate) fn say(text: &str) {
    eprintln!("xtask: {text}");
}

fn groups() -> MutexGuard<'static, Vec<Pid>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn end(groups: &[Pid]) {
    let alive = |signal: Option<Signal>| {
        let gone = |group: &Pid| {
            // A child that nobody has waited for counts as alive.
            let _ = waitpid(Pid::from_raw(-group.as_raw()), Some(WaitPidFlag::WNOHANG));
            killpg(*group, signal).is_err()
        };
        groups.iter().filter(|group| !gone(group)).count()
    };
    let started = Instant::now();
    let mut left = alive(Some(Signal::SIGTERM));
    while left > 0 && started.elapsed() < GRACE {
        thread::sleep(Duration::from_millis(20));
        left = alive(None);
    }
    alive(Some(Signal::SIGKILL));
}

#[derive(Debug)]
pub(crate) struct Cmd {
    inner: Command,
}

impl Cmd {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        use std::os::unix::process::CommandExt;
        let mut inner = Command::new(program);
        inner.process_group(0).stdin(Stdio::null());
        Self { inner }
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.inner.arg(arg);
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.inner.args(args);
        self
    }

    pub(crate) fn dir(mut self, dir: &Path) -> Self {
        self.inner.current_dir(dir);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.inner.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.inner.env_remove(name);
        self
    }

    /// As a person would type it.
    pub(crate) fn text(&self) -> String {
        let words = [self.inner.get_program()].into_iter().chain(self.inner.get_args());
        words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
    }

    /// Runs to the end on our own terminal; a failure is an error.
    pub(crate) fn run(mut self) -> Result<()> {
        let text = self.text();
        let status = self.spawn_inner()?.wait()?;
        if !status.success() {
            bail!("`{text}` ended with {status}");
        }
        Ok(())
    }

    /// Runs to the end on our own terminal; ours ends as it did.
    pub(crate) fn code(mut self) -> Result<ExitCode> {
        let status = self.spawn_inner()?.wait()?;
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
    }

    /// Runs to the end and gives what it printed; what it complained about goes to our terminal.
    pub(crate) fn read(mut self) -> Result<String> {
        let text = self.text();
        self.inner.stdout(Stdio::piped());
        let mut child = self.spawn_inner()?;
        let mut printed = String::new();
        if let Some(mut out) = child.inner.stdout.take() {
            std::io::Read::read_to_string(&mut out, &mut printed)?;
        }
        let status = child.wait()?;
        if !status.success() {
            bail!("`{text}` ended with {status}");
        }
        Ok(printed)
    }

    /// Runs to the end with everything printed added to a file; now and then says that it is still at it.
    /// What is not done by the deadline is ended, and an error.
    pub(crate) fn run_into(self, log: &Path, deadline: Duration) -> Result<ExitStatus> {
        let text = self.text();
        let mut child = self.start_into(log)?;
        let started = Instant::now();
        let mut next = HEARTBEAT;
        let mut pause = Duration::from_millis(5);
        loop {
            if let Some(status) = child.inner.try_wait()? {
                return Ok(status);
            }
            if started.elapsed() > deadline {
                bail!("`{text}` was not done after {} minutes", deadline.as_secs() / 60);
            }
            if started.elapsed() > next {
                next += HEARTBEAT;
                say(&format!("  {} s: {}", started.elapsed().as_secs(), last_line(log)));
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(200));
        }
    }

    /// Starts it with everything printed added to a file.
    pub(crate) fn start_into(mut self, log: &Path) -> Result<Child> {
        let file = append_to(log)?;
        self.inner.stdout(file.try_clone()?).stderr(file);
        self.spawn_inner()
    }

    /// Starts it; its input and output are pipes in our hands.
    pub(crate) fn start_piped(mut self) -> Result<Child> {
        self.inner.stdin(Stdio::piped()).stdout(Stdio::piped());
        self.spawn_inner()
    }

    pub(crate) fn errors_into(mut self, log: &Path) -> Result<Self> {
        self.inner.stderr(append_to(log)?);
        Ok(self)
    }

    fn spawn_inner(&mut self) -> Result<Child> {
        let mut groups = groups();
        let inner = self
            .inner
            .spawn()
            .with_context(|| format!("cannot start `{}`", self.text()))?;
        let group = Pid::from_raw(inner.id().cast_signed());
        groups.push(group);
        Ok(Child { inner, group })
    }
}

/// A running child. Dropping it ends its whole group.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) inner: process::Child,
    group: Pid,
}

impl Child {
    fn wait(&mut self) -> Result<ExitStatus> {
        Ok(self.inner.wait()?)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        groups().retain(|group| *group != self.group);
        if matches!(self.inner.try_wait(), Ok(None)) {
            let _ = killpg(self.group, Signal::SIGTERM);
            let started = Instant::now();
            while matches!(self.inner.try_wait(), Ok(None)) && started.elapsed() < GRACE {
                thread::sleep(Duration::from_millis(10));
            }
        }
        let _ = killpg(self.group, Signal::SIGKILL);
        let _ = self.inner.wait();
    }
}

fn append_to(log: &Path) -> Result<File> {
    if let Some(dir) = log.parent() {
        fs::create_dir_all(dir)?;
    }
    let file = File::options().create(true).append(true).open(log);
    file.with_context(|| format!("cannot write {}", log.display()))
}

fn last_line(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .trim()
        .chars()
        .take(100)
        .collect()
}

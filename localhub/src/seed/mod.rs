//! What a fresh hub holds. Nothing here depends on the clock: the same names, numbers and dates in
//! every run.

mod accounts;
mod clients;
mod files;
mod fine;
mod gated;
mod grants;
mod principals;
mod repos;
mod restricted;
mod whoami;

pub(crate) use self::accounts::accounts;
pub(crate) use self::clients::{clients, publishers};
pub(crate) use self::files::GITATTRIBUTES;
pub(crate) use self::principals::principals;
pub(crate) use self::repos::{MANY, many, many_index, repos};
pub(crate) use self::whoami::{GROUP, Person, membership};

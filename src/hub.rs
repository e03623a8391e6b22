//! The Hub's endpoints, a block each. A new one is a block here or in a file beside, and nothing else.

#[macro_use]
mod declare;
mod accounts;
mod datasets;
mod files;
mod models;
mod repos;
mod spaces;

pub use accounts::{OrgMember, OrgMembers, OrgOverview, Organization, User, UserOverview};
pub use datasets::{Dataset, DatasetInfo, ListDatasets};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use declare::SPECS;
#[cfg(not(target_arch = "wasm32"))]
pub use declare::{ALL, Declared, Field, Gives, Place};
pub use files::{DownloadFile, DownloadedFile};
pub use models::{ListModels, Model, ModelInfo};
pub use repos::{AuthCheck, CreateRepo, CreatedRepo, DeleteRepo, RepoExists};
pub use spaces::{ListSpaces, Space, SpaceInfo};

//! The form of an endpoint's block, and what native builds know of all of them.

#[cfg(all(target_arch = "wasm32", feature = "js"))]
use crate::endpoint::Spec;
#[cfg(not(target_arch = "wasm32"))]
pub use described::{Declared, Field, Gives, Place};

#[cfg(not(target_arch = "wasm32"))]
mod described;

/// Declares an endpoint: the typed request, its line in the module, and what the build writes the JavaScript method and its type from.
macro_rules! endpoint {
    (
        $(#[doc = $doc:literal])*
        $vis:vis struct $name:ident = $js:literal, $gives:ident $reply:ty, $line:literal
        $(, path { $($(#[doc = $pdoc:literal])* $pfield:ident: $pkind:ident,)* })?
        $(, options { $($(#[doc = $odoc:literal])* $field:ident: $kind:ident $(as $ts:literal)? = $option:literal $(, $word:literal)?;)* })?
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Serialize)]
        #[non_exhaustive]
        $vis struct $name {
            $($($(#[doc = $pdoc])* pub $pfield: endpoint!(@rust_needed $pkind),)*)?
            $($($(#[doc = $odoc])* #[serde(rename = $option, skip_serializing_if = "crate::hub::declare::is_unset")] pub $field: endpoint!(@rust $kind),)*)?
        }

        impl $name {
            /// With what is needed; the rest are fields.
            #[must_use]
            #[allow(clippy::new_without_default)]
            pub fn new($($($pfield: endpoint!(@rust_needed $pkind),)*)?) -> Self {
                Self { $($($pfield,)*)? $($($field: Default::default(),)*)? }
            }
        }

        endpoint!(@sent $gives $name $reply);

        impl $name {
            pub(crate) const LINE: crate::endpoint::Spec = concat!($line $($($(, " ", $word)?)*)?);

            #[cfg(not(target_arch = "wasm32"))]
            pub(crate) const DECLARED: crate::hub::Declared = crate::hub::Declared {
                name: $js,
                rust: stringify!($name),
                spec: Self::LINE,
                gives: crate::hub::Gives::$gives,
                reply: stringify!($reply),
                docs: &[$($doc),*],
                fields: &[
                    $($(crate::hub::Field { name: stringify!($pfield), kind: stringify!($pkind), words: None, needed: true, docs: &[$($pdoc),*] },)*)?
                    $($(crate::hub::Field { name: $option, kind: stringify!($kind), words: endpoint!(@words $($ts)?), needed: false, docs: &[$($odoc),*] },)*)?
                ],
            };
        }
    };
    (@words) => { None };
    (@words $ts:literal) => { Some($ts) };
    (@rust_needed repo) => { crate::id::RepoId };
    (@rust_needed text) => { String };
    (@rust text) => { Option<String> };
    (@rust texts) => { Vec<String> };
    (@rust flag) => { Option<bool> };
    (@rust number) => { Option<u32> };
    (@rust repo_type) => { Option<crate::id::RepoType> };
    (@rust json) => { Option<serde_json::Value> };
    (@rust range) => { Option<std::ops::Range<u64>> };
    (@sent One $name:ident $reply:ty) => {
        impl crate::endpoint::Endpoint for $name {
            type Reply = $reply;
            const SPEC: crate::endpoint::Spec = Self::LINE;
        }
    };
    (@sent List $name:ident $reply:ty) => {
        endpoint!(@sent One $name Vec<$reply>);

        impl crate::endpoint::List for $name {}
    };
    // By a method of its own: bytes are no JSON.
    (@sent File $name:ident $reply:ty) => {};
}

/// Left out of the options when nothing was set.
pub(crate) fn is_unset<T: Default + PartialEq>(it: &T) -> bool {
    *it == T::default()
}

macro_rules! all {
    ($($name:ident)*) => {
        /// Every endpoint of the JavaScript face, in the order of its methods; the position is the number by which the
        /// facade calls it.
        ///
        /// ```ignore-wasm32
        /// # use hubkey::hub::ALL;
        /// let number = ALL.iter().position(|it| it.name == "modelInfo");
        /// assert!(number.is_some(), "the facade calls it by this");
        /// ```
        #[cfg(not(target_arch = "wasm32"))]
        pub const ALL: &[Declared] = &[$(super::$name::DECLARED,)*];

        /// The same in the module: a line of text each and nothing more.
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        pub(crate) const SPECS: &[Spec] = &[$(super::$name::LINE,)*];
    };
}

all! {
    ListModels ModelInfo CreateRepo
    ListDatasets DatasetInfo ListSpaces SpaceInfo
    RepoExists DeleteRepo AuthCheck
    UserOverview OrgOverview OrgMembers
    DownloadFile
}

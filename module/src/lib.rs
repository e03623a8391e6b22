//! hubkey as the npm package's module, which exports what hubkey's feature `js` does.
//!
//! A crate of its own, because a library that is an `rlib` too is not optimised as a whole: cargo then leaves `lto` out
//! without a word, and the module was a twelfth larger.

use hubkey as _;

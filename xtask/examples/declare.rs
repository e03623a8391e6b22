//! Prints what the library declares, as JSON: an example, so that xtask itself does not depend on the
//! library and still builds when the library does not.

fn main() {
    let parts = serde_json::json!({
        "types": hubkey::declare::typescript_types(),
        "methods": hubkey::declare::typescript_methods(),
        "codes": hubkey::declare::error_codes(),
        "permissions": hubkey::declare::permissions(),
        "javascript": hubkey::declare::javascript(),
    });
    println!("{parts}");
}

//! The public items of a file and whether each has an example. `pub` is taken at its word: the lint `unreachable_pub`
//! keeps it from standing where nobody outside can reach.

mod tokens;

use proc_macro2::TokenStream;
use syn::{
    Attribute, Expr, ImplItem, Item as Syntax, ItemMacro, Lit, Meta, Token, TraitItem, Type, Visibility,
    parse::{ParseStream, Parser as _},
};

#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) folder: String,
    /// `name`, or `Type::name`.
    pub(crate) name: String,
    pub(crate) has_example: bool,
}

pub(crate) fn items(file: &str, source: &str) -> syn::Result<Vec<Item>> {
    let folder = file.rsplit_once('/').map_or("", |it| it.0);
    let mut found = Found(Vec::new());
    found.all(&syn::parse_file(source)?.items)?;
    let items = found.0.into_iter().map(|(name, docs)| Item {
        folder: folder.to_owned(),
        name,
        has_example: has_example(&docs),
    });
    Ok(items.collect())
}

/// Names, each with its documentation.
struct Found(Vec<(String, String)>);

impl Found {
    fn add(&mut self, name: impl ToString, docs: String) {
        self.0.push((name.to_string(), docs));
    }

    fn all(&mut self, items: &[Syntax]) -> syn::Result<()> {
        items.iter().try_for_each(|it| self.one(it))
    }

    fn one(&mut self, item: &Syntax) -> syn::Result<()> {
        let (name, vis, attrs) = match item {
            Syntax::Fn(it) => (&it.sig.ident, &it.vis, &it.attrs),
            Syntax::Struct(it) => (&it.ident, &it.vis, &it.attrs),
            Syntax::Enum(it) => (&it.ident, &it.vis, &it.attrs),
            Syntax::Union(it) => (&it.ident, &it.vis, &it.attrs),
            Syntax::Type(it) => (&it.ident, &it.vis, &it.attrs),
            Syntax::Const(it) => (&it.ident, &it.vis, &it.attrs),
            Syntax::Static(it) => (&it.ident, &it.vis, &it.attrs),
            Syntax::Trait(it) => {
                if is_public(&it.vis) && !is_hidden(&it.attrs) {
                    self.of_trait(&it.ident.to_string(), &it.items);
                }
                (&it.ident, &it.vis, &it.attrs)
            }
            Syntax::Impl(it) if it.trait_.is_none() && !is_hidden(&it.attrs) => {
                self.of_impl(&type_name(&it.self_ty), &it.items);
                return Ok(());
            }
            Syntax::Mod(it) if !is_hidden(&it.attrs) => {
                return it.content.iter().try_for_each(|it| self.all(&it.1));
            }
            Syntax::Macro(it) => return self.of_macro(it),
            _ => return Ok(()),
        };
        if is_public(vis) && !is_hidden(attrs) {
            self.add(name, docs(attrs));
        }
        Ok(())
    }

    fn of_trait(&mut self, of: &str, items: &[TraitItem]) {
        for it in items {
            let (name, attrs) = match it {
                TraitItem::Fn(it) => (&it.sig.ident, &it.attrs),
                TraitItem::Const(it) => (&it.ident, &it.attrs),
                TraitItem::Type(it) => (&it.ident, &it.attrs),
                _ => continue,
            };
            if !is_hidden(attrs) {
                self.add(format!("{of}::{name}"), docs(attrs));
            }
        }
    }

    fn of_impl(&mut self, of: &str, items: &[ImplItem]) {
        for it in items {
            let (name, vis, attrs) = match it {
                ImplItem::Fn(it) => (&it.sig.ident, &it.vis, &it.attrs),
                ImplItem::Const(it) => (&it.ident, &it.vis, &it.attrs),
                _ => continue,
            };
            if is_public(vis) && !is_hidden(attrs) {
                self.add(format!("{of}::{name}"), docs(attrs));
            }
        }
    }

    fn of_macro(&mut self, it: &ItemMacro) -> syn::Result<()> {
        let tokens = it.mac.tokens.clone();
        if let Some(name) = &it.ident {
            for (item, docs) in tokens::items(tokens) {
                // Made for each endpoint with the same words; the endpoint's own example has to show it.
                if !(name == "endpoint" && item == "new") {
                    self.add(item, docs);
                }
            }
        } else if it.mac.path.is_ident("endpoint") {
            let (name, docs) = endpoint(tokens)?;
            let new = format!("{name}::new(");
            if has_example(&docs) && !docs.contains(&new) {
                self.add(format!("{name}::new"), String::new());
            }
            self.add(name, docs);
        }
        Ok(())
    }
}

/// The head of an endpoint's block: documentation, `pub struct`, name.
fn endpoint(tokens: TokenStream) -> syn::Result<(String, String)> {
    let head = |input: ParseStream<'_>| {
        let attrs = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Token![struct]>()?;
        let name: syn::Ident = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok((name.to_string(), docs(&attrs)))
    };
    head.parse2(tokens)
}

fn is_public(vis: &Visibility) -> bool {
    matches!(vis, Visibility::Public(_))
}

/// Not in the documentation: tests, and what says so.
fn is_hidden(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|it| match &it.meta {
        Meta::List(list) => {
            let word = list.tokens.to_string();
            (list.path.is_ident("cfg") && word == "test") || (list.path.is_ident("doc") && word == "hidden")
        }
        _ => false,
    })
}

fn docs(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|it| {
        let Meta::NameValue(pair) = &it.meta else { return None };
        match &pair.value {
            Expr::Lit(it) if pair.path.is_ident("doc") => match &it.lit {
                Lit::Str(it) => Some(it.value()),
                _ => None,
            },
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn type_name(it: &Type) -> String {
    match it {
        Type::Path(it) => it.path.segments.last().map(|it| it.ident.to_string()),
        _ => None,
    }
    .unwrap_or_default()
}

/// A block of Rust that rustdoc runs, with a line in it that a reader sees.
fn has_example(docs: &str) -> bool {
    let runs = |info: &str| {
        let mut words = info.split(',').filter(|it| !it.is_empty());
        // Named ones only: `ignore-wasm32` stands where there is no Hub of constants.
        words.all(|it| matches!(it, "rust" | "ignore-wasm32" | "compile_fail" | "should_panic"))
    };
    let mut lines = docs.lines().map(str::trim);
    while let Some(info) = lines.find_map(|it| it.strip_prefix("```")) {
        let block: Vec<_> = lines.by_ref().take_while(|it| !it.starts_with("```")).collect();
        let seen = |it: &&str| !it.is_empty() && *it != "#" && !it.starts_with("# ");
        if runs(info.trim()) && block.iter().any(seen) {
            return true;
        }
    }
    false
}

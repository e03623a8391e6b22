//! The scopes and what each is for (auth.md 3.8).

const SCOPES: &[(&str, &str)] = &[
    ("openid", "know that it is you"),
    ("profile", "read your public profile"),
    ("email", "read your e-mail address"),
    ("read-billing", "know whether you have a payment method"),
    ("read-memberships", "list your organizations and your roles in them"),
    ("read-repos", "read your repositories, private ones included"),
    ("gated-repos", "read public gated repositories that you have access to"),
    (
        "contribute-repos",
        "create repositories, and reach those that it created",
    ),
    ("write-repos", "read and write your repositories"),
    (
        "manage-repos",
        "do everything with your repositories, deleting included",
    ),
    ("read-collections", "read your collections"),
    ("write-collections", "read and write your collections"),
    ("inference-api", "call Inference Providers, billed to you"),
    ("read-endpoints", "see and call your Inference Endpoints"),
    ("write-endpoints", "manage your Inference Endpoints"),
    ("jobs", "run Jobs"),
    ("webhooks", "manage your webhooks"),
    ("write-discussions", "take part in discussions and pull requests"),
    ("read-mcp", "use the MCP server"),
];

pub(crate) fn all() -> Vec<&'static str> {
    SCOPES.iter().map(|(name, _)| *name).collect()
}

pub(crate) fn meaning(scope: &str) -> &'static str {
    let found = SCOPES.iter().find(|(name, _)| *name == scope);
    found.map_or("", |(_, meaning)| meaning)
}

/// A list separated by spaces, each once; otherwise the word that is no scope.
pub(crate) fn parse(text: &str) -> Result<Vec<&'static str>, &str> {
    let mut list = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let known = SCOPES.iter().find(|(name, _)| *name == word);
        let (name, _) = known.ok_or(word)?;
        if !list.contains(name) {
            list.push(*name);
        }
    }
    Ok(list)
}

/// Whether every one of these is among those.
pub(crate) fn within(these: &[&str], those: &[&str]) -> bool {
    these.iter().all(|it| those.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_each_once_and_only_what_is_known() {
        assert_eq!(parse("openid  profile openid"), Ok(vec!["openid", "profile"]));
        assert_eq!(parse(""), Ok(Vec::new()));
        assert_eq!(parse("openid everything"), Err("everything"));
        assert!(all().iter().all(|scope| !meaning(scope).is_empty()));
    }
}

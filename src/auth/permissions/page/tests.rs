use super::*;

const NEW: &str = "https://huggingface.co/settings/tokens/new?tokenType=fineGrained";

fn all(words: &[&str]) -> Vec<String> {
    words.iter().map(|it| (*it).to_owned()).collect()
}

#[track_caller]
fn page(permissions: &[&str], orgs: &[&str]) -> String {
    let wanted = NewToken {
        permissions: all(permissions),
        orgs: all(orgs),
        ..NewToken::default()
    };
    let url = wanted.url("https://huggingface.co").unwrap();
    url.strip_prefix(NEW).unwrap().to_owned()
}

#[test]
fn each_permission_stands_where_it_applies() {
    let rows: [(&[&str], &[&str], &str); 12] = [
        (&[], &[], ""),
        (&["repo.write"], &[], "&ownUserPermissions=repo.write"),
        (&["repo.write"], &["acme"], "&orgs=acme&orgPermissions=repo.write"),
        (&["post.write"], &[], "&globalPermissions=post.write"),
        (&["post.write"], &["acme"], "&globalPermissions=post.write&orgs=acme"),
        (
            &["user.webhooks.read"],
            &["acme"],
            "&ownUserPermissions=user.webhooks.read&orgs=acme",
        ),
        (&["org.read"], &["acme"], "&orgs=acme&orgPermissions=org.read"),
        (&["discussion.write"], &[], "&ownUserPermissions=discussion.write"),
        // Not in the table: by how it begins.
        (
            &["user.future.read"],
            &["acme"],
            "&ownUserPermissions=user.future.read&orgs=acme",
        ),
        (&["future.write"], &[], "&ownUserPermissions=future.write"),
        (&["future.write"], &["acme"], "&orgs=acme&orgPermissions=future.write"),
        (
            &["resourceGroup.future.write"],
            &["acme"],
            "&orgs=acme&orgPermissions=resourceGroup.future.write",
        ),
    ];
    for (permissions, orgs, query) in rows {
        assert_eq!(page(permissions, orgs), query);
    }
}

#[test]
fn the_same_wish_has_the_same_address() {
    let query = "&orgs=acme&orgs=zoo&orgPermissions=job.write&orgPermissions=repo.write";
    assert_eq!(page(&["repo.write", "job.write"], &["zoo", "acme"]), query);
    assert_eq!(
        page(&["job.write", "repo.write", "job.write"], &["acme", "zoo", "acme"]),
        query
    );
}

#[test]
fn places_may_be_named_outright() {
    let wanted = NewToken {
        permissions: all(&["job.write"]),
        orgs: all(&["acme"]),
        own_user_permissions: all(&["repo.write"]),
        global_permissions: all(&["discussion.write"]),
        can_read_gated_repos: true,
    };
    assert_eq!(
        wanted.url("http://127.0.0.1:8080/hub").unwrap(),
        "http://127.0.0.1:8080/hub/settings/tokens/new?tokenType=fineGrained&ownUserPermissions=repo.write\
         &globalPermissions=discussion.write&canReadGatedRepos=true&orgs=acme&orgPermissions=job.write"
    );
}

#[test]
fn what_is_no_permission_or_no_organisation_is_refused() {
    let refused = |permission: &str, org: &[&str]| {
        let wanted = NewToken {
            permissions: all(&[permission]),
            orgs: all(org),
            ..NewToken::default()
        };
        wanted.url("https://huggingface.co").unwrap_err().code().as_str()
    };
    for odd in [
        "",
        "repo",
        ".write",
        "repo..write",
        "repo.write&x=1",
        "repo.admin",
        "répo.write",
        "repo.write ",
        "*.write",
    ] {
        assert_eq!(refused(odd, &[]), "invalid_argument", "{odd}");
    }
    // Of organisations, by the table or by how it begins.
    for word in ["org.read", "org.future.read", "resourceGroup.future.write"] {
        assert_eq!(refused(word, &[]), "invalid_argument", "{word}");
    }
    assert_eq!(refused("org.read", &["acme/m1"]), "invalid_argument");
    assert_eq!(refused("org.read", &["a&b=c"]), "invalid_repo");
    let secret = ["hf_", "abcdefghijklmnopqrstuvwxyzABCDEFGH"].concat();
    let error = check(&secret).unwrap_err();
    assert!(!error.to_string().contains(&secret), "{error}");
}

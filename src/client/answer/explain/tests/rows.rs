//! Each failure that the Hub words, as somebody with a token meets it.

use super::rows;

#[test]
fn what_is_hidden_or_absent_is_told_as_both() {
    rows(
        r#"
    GET /api/models/ada/x | nobody | 401 | | none | unauthorized | | | sign in, or check that the address exists: the Hub hides private repos |
    GET /api/models/acme/x | ? | 401 | | none | unauthorized | | | sign in, or check that the address exists |
    DELETE /api/repos/delete {"organization":"acme","name":"x"} | write | 401 | | none | unauthorized | | | sign in, or check that the address exists |
    GET /api/any | write | 401 | | none | unauthorized | | | sign in, or check that the address exists |
    GET /api/models/grace/x | write | 401 | | none | repo_not_found | | | a private repo is hidden from tokens that may not read it |
    GET /api/models/grace/x | write | 404 | RepoNotFound | lost | repo_not_found | | | check the spelling and the type; a private repo is hidden |
    GET /api/models/acme/x | ? | 404 | RepoNotFound | lost | repo_not_found | | | check the spelling and the type; a private repo is hidden |
    GET /api/models/grace/x | ungated | 404 | RepoNotFound | lost | repo_not_found | | | check the spelling and the type; a private repo is hidden |
    GET /ada/m1/raw/main/x | write | 404 | RepoNotFound | lost | repo_not_found | | , though the token `laptop` has repo.content.read on ada/m1 | check the spelling |
    GET /api/models/acme/x | fine | 404 | RepoNotFound | lost | repo_not_found | | the token `laptop` lacks repo.content.read and reads acme/x only where that is public | may not read it; if it is private, add repo.content.read to the token, or make one with it on the page | NEW&orgs=acme&orgPermissions=repo.content.read
    DELETE /api/repos/delete {"organization":"acme","name":"x","type":"space"} | write sso | 404 | RepoNotFound | lost | repo_not_found | | the organisation of acme/x shuts the token `laptop` out for now: sso | if it is private, sign in to the organisation by its single sign-on, on its page | HUB/acme
    GET /ada/m1/resolve/main/x | fine | 404 | EntryNotFound | Entry not found | entry_not_found | | | spelling of the path |
    GET /ada/m1/resolve/none/x | fine | 404 | RevisionNotFound | Invalid rev id: none | revision_not_found | | | the default is main |
    "#,
    );
}

#[test]
fn a_gate_has_a_way_out_for_each_state() {
    rows(
        r#"
    GET /grace/g/resolve/main/x | write | 403 | GatedRepo | ask | gated_repo | not_asked | | ask for access on the repo's page | HUB/grace/g
    GET /grace/g/resolve/main/x | write | 403 | GatedRepo | wait | gated_repo | pending | | wait: the request is with the repo's authors | HUB/grace/g
    GET /grace/g/resolve/main/x | write | 403 | GatedRepo | refused | gated_repo | rejected | | refused, and another token of the same account changes nothing | HUB/grace/g
    GET /grace/g/resolve/main/x | write | 403 | GatedRepo | reset | gated_repo | reset | | took the access back: ask for access again | HUB/grace/g
    GET /grace/g/resolve/main/x | write | 403 | GatedRepo | Something new | gated_repo | unknown | | ask for access on the repo's page | HUB/grace/g
    GET /grace/g/resolve/main/x | nobody | 401 | GatedRepo | log in | gated_repo | signed_out | | sign in first, with an account that was let in | HUB/grace/g
    GET /datasets/grace/g/resolve/main/x | write | 403 | GatedRepo | wait | gated_repo | pending | | wait | HUB/datasets/grace/g
    GET /api/datasets/grace/g/auth-check | write | 403 | GatedRepo | wait | gated_repo | pending | | wait | HUB/datasets/grace/g
    GET /api/models/gpt2/auth-check | ? | 403 | GatedRepo | wait | gated_repo | pending | | wait | HUB/gpt2
    GET /grace/g/resolve/main/x | ungated | 403 | | tick | insufficient_scope | | | tick public gated repos in the token's settings | NEW&canReadGatedRepos=true
    GET /grace/g/resolve/main/x | ? | 403 | | tick | insufficient_scope | | | tick public gated repos in the token's settings | NEW&canReadGatedRepos=true
    GET /grace/g/resolve/main/x | oauth | 403 | | This authentication method was not granted access to public gated repositories. | insufficient_scope | | | sign in again and ask for gated-repos |
    GET /grace/g/resolve/main/x | ungated | 403 | | A new sentence | forbidden | | the token `laptop` may not read gated repos, so grace/g only where it is public without a gate | make a token that may on the page | NEW&canReadGatedRepos=true
    "#,
    );
}

#[test]
fn what_the_token_lacks_is_named_with_the_page_for_it() {
    rows(
        r#"
    POST /api/models/ada/m1/commit/main | read | 403 | | write | insufficient_scope | | the token `laptop` has the role read and may not write | make a token with repo.write on the page | NEW&ownUserPermissions=repo.write
    GET /api/models/ada/m1/auth-check/write | read | 403 | | write | insufficient_scope | | the token `laptop` has the role read and may not write | make a token with repo.write | NEW&ownUserPermissions=repo.write
    PUT /api/datasets/ada/d/settings | fine | 403 | | write | insufficient_scope | | the token `laptop` lacks repo.write on ada/d | add it to the token | NEW&ownUserPermissions=repo.write
    POST /api/models/acme/m1/commit/main | fine | 403 | | write | insufficient_scope | | the token `laptop` lacks repo.write on acme/m1 | add it to the token | NEW&orgs=acme&orgPermissions=repo.write
    POST /api/models/acme/m1/commit/main | contributor | 403 | | write | insufficient_scope | | with the role contributor ada has repo.write on a part of that alone: by who made it, or by resource group | an admin may give more |
    POST /api/models/acme/m1/commit/main | write | 403 | | write | insufficient_scope | | , though the token `laptop` has repo.write on acme/m1 | ask the owner for access |
    POST /api/models/grace/m1/commit/main | write | 403 | | write | insufficient_scope | | grace/m1 is neither ada's nor of an organisation that the token `laptop` sees | check the name, ask its owner, or open a pull request |
    POST /api/models/gpt2/discussions | fine | 403 | | write | insufficient_scope | | the token `laptop` lacks discussion.write on gpt2 | add it to the token | NEW&globalPermissions=discussion.write
    POST /api/models/acme/m1/commit/main | bare | 403 | | write | insufficient_scope | | | use a token with write access |
    POST /api/models/acme/m1/commit/main | ? | 403 | | write | insufficient_scope | | | use a token with write access |
    POST /api/repos/create {"name":"x","organization":"acme"} | read | 403 | | create | insufficient_scope | | the token `laptop` has the role read and may not write | make a token | NEW&orgs=acme&orgPermissions=repo.write
    POST /api/repos/create {"name":"x"} | fine | 403 | | create | insufficient_scope | | the token `laptop` lacks repo.write on the own account | add it | NEW&ownUserPermissions=repo.write
    POST /api/repos/create {"name":"x","organization":"none"} | write | 403 | | create | insufficient_scope | | none is neither ada's nor of an organisation that the token `laptop` sees | check the name |
    POST router:/v1/chat/completions | fine | 403 | | router | insufficient_scope | | the token `laptop` lacks inference.serverless.write on the own account | add it | NEW&ownUserPermissions=inference.serverless.write
    POST router:/v1/chat/completions acme | fine | 403 | | router | insufficient_scope | | the token `laptop` lacks inference.serverless.write on acme | add it | NEW&orgs=acme&orgPermissions=inference.serverless.write
    POST router:/v1/chat/completions | oauth | 403 | | router | insufficient_scope | | the token lacks the scope inference-api, which gives inference.serverless.write | sign in again and ask for inference-api |
    POST /api/jobs/ada | fine | 403 | | No | insufficient_scope | | the token `laptop` lacks job.write on ada | add it | NEW&ownUserPermissions=job.write
    POST /api/jobs/ada | write | 403 | | No | forbidden | | , though the token `laptop` has job.write on ada | ask the owner |
    POST /api/collections {"namespace":"acme"} | fine | 403 | | No | insufficient_scope | | the token `laptop` lacks collection.write on acme | add it | NEW&orgs=acme&orgPermissions=collection.write
    POST /api/organizations/acme/members/bob/role | fine | 403 | | No | insufficient_scope | | ada has the role write there, which does not give org.write on acme | ask an admin for more |
    POST /api/settings/webhooks | fine | 403 | | No | insufficient_scope | | the token `laptop` lacks user.webhooks.write on the own account | add it | NEW&ownUserPermissions=user.webhooks.write
    POST /api/jobs/ada | fine | 401 | | none | unauthorized | | | sign in |
    POST /api/future | fine | 403 | | No | forbidden | | | ask the owner |
    POST /api/models/grace/m1/like | read | 403 | | No | forbidden | | | ask the owner |
    GET /api/models/globex/x | nobody | 403 | | disabled | forbidden | | | closed by the Hub itself |
    GET /api/organizations/acme/billing | write | 402 | | Upgrade | payment_required | | | the plan or the credits |
    POST /api/repos/create {"name":"x"} | write | 409 | | Taken | conflict | | | another change is under way |
    "#,
    );
}

#[test]
fn an_organisations_rule_is_named_with_its_way_out() {
    rows(
        r#"
    POST /api/models/acme/m1/commit/main | ? | 403 | | policy | org_restricted | token-policy | | have the token approved | HUB/acme
    GET /acme/m1/resolve/main/x | ? | 403 | | gone | org_restricted | token-revoked | | an admin of the organisation revoked this token | HUB/acme
    "#,
    );
    for (rule, hint) in [
        ("sso", "single sign-on"),
        ("mfa", "two-factor"),
        ("ip", "a network that the organisation allows"),
        ("token-policy", "have the token approved"),
        ("token-revoked", "ask them, or make another"),
        ("new-rule", "meet the organisation's rule"),
    ] {
        for (request, about, sentence) in [
            ("POST /api/models/acme/m1/commit/main", "acme/m1", "write"),
            ("POST /api/models/acme/m1/commit/main", "acme/m1", "No"),
            ("POST /api/models/acme/m1/like", "acme/m1", "No"),
            ("GET /api/models/acme/secret", "acme/secret", "No"),
            ("GET /api/organizations/acme/audit-log/export", "acme", "No"),
            ("GET /api/jobs/acme", "acme", "No"),
            (
                r#"POST /api/repos/create {"name":"x","organization":"acme"}"#,
                "acme",
                "create",
            ),
            (
                r#"POST /api/repos/move {"fromRepo":"acme/x","toRepo":"ada/x"}"#,
                "acme/x",
                "No",
            ),
        ] {
            rows(&format!(
                "{request} | write {rule} | 403 | | {sentence} | org_restricted | {rule} | \
                 the organisation of {about} shuts the token `laptop` out for now: {rule} | {hint} | HUB/acme"
            ));
        }
    }
}

//! The seeded accounts: whoever owns a repository or a token, and members enough for several pages.

use std::sync::{Arc, LazyLock};

use crate::accounts::{Account, AccountKind, Accounts, Member};

/// 2024-01-01.
const EPOCH_MS: u64 = 1_704_067_200_000;
const HOUR_MS: u64 = 3_600_000;

/// With this many, the members of umbrella take three pages of the default size.
const CROWD: usize = 1_200;

pub(crate) fn accounts() -> Arc<Accounts> {
    static SEEDED: LazyLock<Arc<Accounts>> = LazyLock::new(|| Arc::new(Accounts::new(seeded())));
    Arc::clone(&SEEDED)
}

fn seeded() -> Vec<Account> {
    let mut list = vec![
        user("ada", "Ada L.", false),
        user("grace", "Grace H.", true),
        user("curator-bot", "Curator", false),
        user("many", "Many Models", false),
        user("rajpurkar", "Pranav R.", false),
    ];
    let staff: Vec<String> = (1..=24).map(|n| format!("acme-staff-{n:02}")).collect();
    let crowd: Vec<String> = (0..CROWD).map(|n| format!("umbrella-{n:04}")).collect();
    list.extend(staff.iter().chain(&crowd).map(|name| user(name, name, false)));

    let mut acme = vec![member("ada", "write")];
    acme.extend(staff.iter().enumerate().map(|(at, name)| Member {
        user: name.clone(),
        role: ["admin", "write", "contributor", "read", "no_access"][at % 5],
        external: at % 7 == 6,
    }));
    let many = crowd.iter().map(|name| member(name, "read")).collect();
    list.extend([
        org("acme", "Acme", Some("enterprise"), acme),
        org(
            "research-lab",
            "Research Lab",
            Some("team"),
            vec![member("ada", "read")],
        ),
        org("globex", "Globex", None, vec![member("curator-bot", "admin")]),
        org("initech", "Initech", None, Vec::new()),
        org("umbrella", "Umbrella", Some("plus"), many),
        org("openai-community", "OpenAI community", None, Vec::new()),
        org("google-bert", "BERT community", None, Vec::new()),
    ]);
    for (at, account) in list.iter_mut().enumerate() {
        account.created_ms += at as u64 * HOUR_MS;
    }
    list
}

fn user(name: &str, fullname: &str, pro: bool) -> Account {
    let kind = AccountKind::User {
        pro,
        email: Some(format!("{name}@example.org")),
        second_factor: name.len().is_multiple_of(2),
    };
    account(name, fullname, kind)
}

fn org(name: &str, fullname: &str, plan: Option<&'static str>, members: Vec<Member>) -> Account {
    account(name, fullname, AccountKind::Org { plan, members })
}

fn account(name: &str, fullname: &str, kind: AccountKind) -> Account {
    Account {
        name: name.to_owned(),
        fullname: fullname.to_owned(),
        created_ms: EPOCH_MS,
        kind,
    }
}

fn member(user: &str, role: &'static str) -> Member {
    Member {
        user: user.to_owned(),
        role,
        external: false,
    }
}

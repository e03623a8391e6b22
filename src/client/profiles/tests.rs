use super::*;
use crate::{
    Fut as Work, MemoryStore, Request, Response,
    example::block_on,
    store::{self, StoreKind},
};

const OLD: &str = "hf_oauth_exampleFakeTokenForTestsOnly01";
const NEW: &str = "hf_oauth_exampleFakeTokenForTestsOnly02";
const OTHER: &str = "hf_exampleFakeTokenForTestsOnly000000003";

fn nobody(_: Request) -> Work<'static, Result<Response>> {
    unreachable!("nothing is sent")
}

fn granted(token: &str, grant: &str) -> Token {
    Token::parse(token, true).unwrap().with_grant(Some(grant.to_owned()))
}

fn hub(store: impl TokenStore + 'static) -> Hub {
    Hub::builder().store(store).transport(nobody).build().unwrap()
}

async fn signed_in(hub: &Hub) {
    keeps(hub, "oauth-ada", granted(OLD, "first")).await;
}

async fn keeps(hub: &Hub, profile: &str, token: Token) {
    let ticket = hub.0.kept.ticket();
    hub.keep(ticket, (profile, true), &token, false).await.unwrap();
}

/// What a client that just began finds in the store of another.
async fn found(hub: &Hub) -> Vec<(String, String, String)> {
    let record = hub.record().await.unwrap();
    let all = record.map(|it| it.profiles).unwrap_or_default();
    let of = |it: Profile| (it.name, it.token.expose().to_owned(), it.token.grant().to_owned());
    all.into_iter().map(of).collect()
}

fn row(name: &str, token: &str, grant: &str) -> (String, String, String) {
    (name.to_owned(), token.to_owned(), grant.to_owned())
}

#[test]
fn a_renewed_token_is_in_the_store_and_in_use() {
    block_on(async {
        let hub = hub(MemoryStore::default());
        signed_in(&hub).await;
        assert!(hub.renewed("oauth-ada", &granted(NEW, "second")).await?);
        assert_eq!(found(&hub).await, [row("oauth-ada", NEW, "second")]);
        assert_eq!(hub.get_token().await?.unwrap().expose(), NEW);
        Ok::<(), Error>(())
    })
    .unwrap();
}

#[test]
fn who_signed_in_meanwhile_stays_in_use() {
    block_on(async {
        let hub = hub(MemoryStore::default());
        signed_in(&hub).await;
        keeps(&hub, "work", Token::parse(OTHER, true)?).await;
        assert!(hub.renewed("oauth-ada", &granted(NEW, "second")).await?);
        assert_eq!(
            found(&hub).await,
            [row("oauth-ada", NEW, "second"), row("work", OTHER, "")]
        );
        assert_eq!(hub.get_token().await?.unwrap().expose(), OTHER);
        Ok::<(), Error>(())
    })
    .unwrap();
}

#[test]
fn who_is_not_to_be_remembered_leaves_nobody_in_use_in_the_store() {
    block_on(async {
        let hub = hub(Full(MemoryStore::default(), 9.into()));
        keeps(&hub, "work", Token::parse(OTHER, true)?).await;
        signed_in(&hub).await;
        let ticket = hub.0.kept.ticket();
        let passing = granted(NEW, r#"{"id":"b"}"#);
        let kept = hub.keep(ticket, ("oauth-ada", false), &passing, true).await?;
        assert_eq!((kept.persisted, kept.warnings.len()), (false, 0));
        assert_eq!(hub.get_token().await?, Some(passing));
        assert_eq!(hub.0.kept.source().as_deref(), Some(store::MEMORY));
        assert_eq!(found(&hub).await, [row("work", OTHER, "")]);
        assert_eq!(hub.record().await?.unwrap().active, None);
        // Another tab remembers them: its sign-in is not this one.
        let mut record = hub.record().await?.unwrap();
        record.put("oauth-ada", granted(OLD, r#"{"id":"a"}"#));
        hub.shelf().unwrap().save(&hub.endpoint(), &record.to_json()).await?;
        let renewed = granted(&NEW.replace("02", "03"), r#"{"id":"b"}"#);
        assert!(hub.renewed("oauth-ada", &renewed).await?);
        assert_eq!(hub.get_token().await?, Some(renewed));
        assert_eq!(
            found(&hub).await,
            [row("work", OTHER, ""), row("oauth-ada", OLD, r#"{"id":"a"}"#)]
        );
        Ok::<(), Error>(())
    })
    .unwrap();
}

#[test]
fn who_signed_out_is_not_brought_back() {
    block_on(async {
        let hub = hub(MemoryStore::default());
        signed_in(&hub).await;
        hub.logout().await?;
        assert!(!hub.renewed("oauth-ada", &granted(NEW, "second")).await?);
        assert_eq!(found(&hub).await, []);
        assert!(hub.get_token().await?.is_none());
        Ok::<(), Error>(())
    })
    .unwrap();
}

/// Loads, and after so many saves keeps nothing more.
struct Full(MemoryStore, std::sync::atomic::AtomicU32);

impl TokenStore for Full {
    fn load<'a>(&'a self, key: &'a str) -> Fut<'a, Result<Option<String>>> {
        self.0.load(key)
    }
    fn save<'a>(&'a self, key: &'a str, record: &'a str) -> Fut<'a, Result<()>> {
        let order = std::sync::atomic::Ordering::Relaxed;
        if self.1.fetch_update(order, order, |it| it.checked_sub(1)).is_err() {
            return Box::pin(async { Err(Error::new(Code::StorageUnavailable, "it is full")) });
        }
        self.0.save(key, record)
    }
    fn clear<'a>(&'a self, key: &'a str) -> Fut<'a, Result<()>> {
        self.0.clear(key)
    }
    fn kind(&self) -> StoreKind {
        StoreKind::Local
    }
}

#[test]
fn a_store_that_fails_leaves_the_only_good_token_in_use() {
    block_on(async {
        let hub = hub(Full(MemoryStore::default(), 1.into()));
        signed_in(&hub).await;
        assert!(hub.renewed("oauth-ada", &granted(NEW, "second")).await?);
        assert_eq!(hub.get_token().await?.unwrap().expose(), NEW);
        assert_eq!(hub.0.kept.source().as_deref(), Some(store::MEMORY));
        // And again, though no store has it.
        let third = granted(&NEW.replace("02", "03"), "third");
        assert!(hub.renewed("oauth-ada", &third).await?);
        assert_eq!(hub.get_token().await?, Some(third));
        Ok::<(), Error>(())
    })
    .unwrap();
}

#[test]
fn a_profile_of_a_client_without_a_store_is_renewed_in_memory() {
    block_on(async {
        let hub = Hub::builder().transport(nobody).build()?;
        signed_in(&hub).await;
        assert!(hub.renewed("oauth-ada", &granted(NEW, "second")).await?);
        assert_eq!(hub.get_token().await?.unwrap().expose(), NEW);
        Ok::<(), Error>(())
    })
    .unwrap();
}

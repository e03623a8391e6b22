//! `localhub`: prints one line of JSON with its two addresses, then serves until it is killed.

use std::io;
use std::net::IpAddr;

use clap::Parser;
use localhub::{Options, serve};
use tokio::io::AsyncReadExt as _;

/// A Hugging Face Hub on your own machine.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port of the hub; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port of the second origin, which large files redirect to; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    cdn_port: u16,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// No line per request on stderr
    #[arg(long)]
    quiet: bool,
    /// Stop when stdin is closed, so that a parent that dies takes the hub with it
    #[arg(long)]
    exit_with_stdin: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let Arguments {
        port,
        cdn_port,
        host,
        quiet,
        exit_with_stdin,
    } = Arguments::parse();
    let running = serve(Options {
        host,
        port,
        cdn_port,
        quiet,
    })
    .await?;
    println!("{{\"url\":\"{}\",\"cdnUrl\":\"{}\"}}", running.url, running.cdn_url);
    if !exit_with_stdin {
        return std::future::pending().await;
    }
    let mut ignored = [0; 1024];
    let mut stdin = tokio::io::stdin();
    while stdin.read(&mut ignored).await? > 0 {}
    running.stop().await;
    Ok(())
}

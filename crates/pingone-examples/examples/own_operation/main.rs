//! An operation that the crates lack: defined here in a few lines, on the API host, and sent by both clients.
//!
//! `cargo run --example own_operation` sends it to a stub of the service, which it starts itself.

mod operation;
mod show;
mod stub;

use pingone_examples::Failure;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let stub = stub::Stub::start().await?;
    show::show(&stub, &mut std::io::stdout()).await
}

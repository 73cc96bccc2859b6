//! `cargo xtask browser`: what a person does on the emulator's page, and with it on the log-in page of an example, and how
//! passkeys are made and used on a page of one's own; done in headless Chromium, with screenshots in the folder that it is
//! told.
//!
//! With the argument `picture` it takes that of the README instead.
//!
//! A path is a function that takes the [`Page`] and ends with an error that says what was not to be seen. A
//! new one has a file here, and a line in [`walk`].

mod bystander;
mod chromium;
mod emulated;
mod log_in;
mod own_page;
mod page;
mod passkeys;
mod phone;
mod picture;
mod presence;
mod virtual_authenticator;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use self::{chromium::Chromium, page::Page};

/// The picture of the README.
const PICTURE: &str = "docs/images/log-in.png";

/// Why a path could not be walked to its end.
type Failure = Box<dyn std::error::Error>;

async fn walk(page: &Page) -> Result<(), Failure> {
    step("the users' phones and mailboxes");
    phone::approve_deny_and_read_a_code(page).await?;
    step("codes that are scanned");
    phone::scan_codes(page).await?;
    step("numbers that are matched");
    phone::match_numbers(page).await?;
    step("a phone that is paired by a key");
    phone::pair_by_key(page).await?;
    step("text that would like to be markup, and pages of other origins");
    bystander::walk(page).await?;
    step("an emulator that goes and comes, and a tab that nobody sees");
    presence::walk(page).await?;
    step("passkeys on a page of one's own, by ES256 and by RS256");
    passkeys::walk(page).await?;
    log_in::walk(page).await
}

fn step(what: &str) {
    println!("==> {what}");
}

fn main() -> ExitCode {
    match run() {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, Failure> {
    let mut arguments = env::args_os().skip(1);
    let shots = arguments.next().map(PathBuf::from);
    let shots = shots.ok_or("where shall the screenshots go? `cargo xtask browser` says so")?;
    let picture = match arguments.next() {
        None => None,
        Some(errand) if errand == "picture" => Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(PICTURE)),
        Some(errand) => return Err(format!("there is no {}: say nothing, or picture", errand.to_string_lossy()).into()),
    };
    if shots.exists() {
        fs::remove_dir_all(&shots)?;
    }
    fs::create_dir_all(&shots)?;
    let axe = env::var_os("AXE").ok_or("where is axe-core? `cargo xtask browser` says so")?;
    let axe = fs::read_to_string(&axe).map_err(|error| format!("{}: {error}", axe.to_string_lossy()))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let chromium = Chromium::start().await?;
        let page = Page::new(chromium.client().clone(), shots.clone(), axe);
        let errand = async {
            match &picture {
                Some(file) => picture::take(&page, file).await,
                None => walk(&page).await,
            }
        };
        let outcome = tokio::select! {
            outcome = errand => outcome,
            _ = tokio::signal::ctrl_c() => return Err("interrupted".into()),
        };
        if outcome.is_err() {
            // So that one sees what was there instead.
            let _ = page.shoot("failed").await;
        }
        outcome
    })?;
    Ok(match picture {
        Some(file) => format!("The picture is in {}.", file.display()),
        None => format!("All was to be seen. The screenshots are in {}.", shots.display()),
    })
}

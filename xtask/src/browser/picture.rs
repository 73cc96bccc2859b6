//! `cargo xtask picture`: the picture at the top of the README, of a log-in that waits for its push beside the emulator's
//! page, where the push is answered.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    Failure,
    log_in::{LogInService, PHONE},
    page::{Page, Width},
    phone::button,
};

/// So large that a README with it still opens at once.
const MOST_BYTES: usize = 300 * 1024;

pub(super) async fn take(page: &Page, file: &Path) -> Result<(), Failure> {
    let service = LogInService::start()?;
    page.look(Width::Half, "light").await?;
    service.begin(page).await?;
    let log_in = page.capture().await?;
    let covered = page.cover().await?;
    page.look(Width::Half, "light").await?;
    page.open(&service.emulator_page).await?;
    page.see(&button(PHONE, "Approve")).await?;
    let phone = page.capture().await?;
    covered.back().await?;

    page.look(Width::Pair, "light").await?;
    page.show(&side_by_side(&[("Your log-in page", &log_in), ("The user's phone, in the emulator", &phone)])).await?;
    let png = STANDARD.decode(page.capture().await?)?;
    if png.len() > MOST_BYTES {
        return Err(format!("the picture has {} bytes, and should have {MOST_BYTES} at most", png.len()).into());
    }
    fs::create_dir_all(file.parent().unwrap_or(file))?;
    Ok(fs::write(file, png)?)
}

fn side_by_side(shots: &[(&str, &str)]) -> String {
    let figures = shots.iter().map(|(caption, png)| {
        format!("<figure><figcaption>{caption}</figcaption><img src='data:image/png;base64,{png}'></figure>")
    });
    let style = "body { margin: 0; padding: 16px; display: flex; gap: 16px; background: #d8dee6 } \
        figure { margin: 0; flex: 1; border-radius: 8px; overflow: hidden; background: #fff } \
        figcaption { padding: 8px 16px; font: 15px sans-serif; color: #fff; background: #3b4754 } \
        img { display: block; width: 100%; height: 578px; object-fit: cover; object-position: top }";
    format!("<head><style>{style}</style></head><body>{}</body>", figures.collect::<String>())
}

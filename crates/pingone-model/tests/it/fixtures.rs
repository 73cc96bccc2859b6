//! Fixture files, and snapshots named after them.

pub(crate) use pingone_fixtures::files::{all, text};

/// Compares with `tests/it/snapshots/{name}.snap`. `cargo xtask fixtures` runs every test whose name has `snapshot`.
pub(crate) fn assert_snapshot(name: &str, text: String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

//! What only a remembered browser has.

use crate::reply::view::view;

view! {
    /// The operating system of a browser.
    pub struct BrowserOperatingSystem {
        /// Its name.
        word name = "name";
        /// Its version.
        word version = "version";
    }
}

view! {
    /// A session.
    pub struct SessionReference {
        /// Its id.
        word id = "id";
    }
}

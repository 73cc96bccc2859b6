use pingone_model::{Document, List, Page};

use crate::Error;

/// All items of a list, page after page.
///
/// For drivers: ask [`step`](Self::step), send what it says, report to [`received`](Self::received), and ask again.
#[derive(Debug)]
pub struct Paging<L: List> {
    /// What reads the next page; none after the last.
    list: Option<L>,
    page: Option<Page<L>>,
    /// How many items of the page were given.
    given: usize,
}

/// What comes next of a [`Paging`].
#[derive(Debug)]
pub enum PagingStep<L: List> {
    /// An item.
    Item(Document<L::Item>),
    /// Nothing yet: send this, and report to [`Paging::received`].
    Read(L),
    /// Nothing any more.
    Done,
}

impl<L: List> Paging<L> {
    /// From the first page, which `list` reads.
    #[must_use]
    pub fn new(list: L) -> Self {
        Self { list: Some(list), page: None, given: 0 }
    }

    /// What comes next.
    pub fn step(&mut self) -> PagingStep<L> {
        if let Some(item) = self.page.as_ref().and_then(|page| page.item(self.given)) {
            self.given += 1;
            return PagingStep::Item(item);
        }
        self.page = None;
        self.list.clone().map_or(PagingStep::Done, PagingStep::Read)
    }

    /// Reports what came of [`PagingStep::Read`].
    ///
    /// # Errors
    ///
    /// The page could not be read. That ends the list; [`Page::next`] is for who goes on by hand.
    pub fn received(&mut self, page: Result<Page<L>, Error>) -> Result<(), Error> {
        self.list = None;
        let page = page?;
        self.list = page.next().cloned();
        (self.page, self.given) = (Some(page), 0);
        Ok(())
    }
}

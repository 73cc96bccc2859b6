use std::collections::HashSet;

use pingone_model::{Document, List, Page, Query};

use crate::{Error, Reply};

/// All items of a list, page after page.
///
/// Links that lead nowhere end it with an error: back to a page that was read, or through a thousand pages in a row
/// without an item.
///
/// For drivers: ask [`step`](Self::step), send what it says, report to [`received`](Self::received), and ask again.
#[derive(Debug)]
pub struct Paging<L: List> {
    /// What reads the next page; none after the last.
    list: Option<L>,
    page: Option<Page<L>>,
    /// How many items of the page were returned.
    given: usize,
    /// The queries of the pages that were read, and of the next one.
    queries: HashSet<Query>,
    /// How many pages in a row had no item.
    empty: usize,
}

/// The next step of a [`Paging`].
#[derive(Debug)]
pub enum PagingStep<L: List> {
    /// An item.
    Item(Document<L::Item>),
    /// Nothing yet: send this, and report to [`Paging::received`].
    Read(L),
    /// The end.
    Done,
}

/// The most pages in a row without an item. Whoever asks for one hears nothing in the meantime.
const MOST_EMPTY_PAGES: usize = 1_000;

impl<L: List> Paging<L> {
    /// From the first page, which `list` reads.
    #[must_use]
    pub fn new(list: L) -> Self {
        let queries = HashSet::from([list.query()]);
        Self { list: Some(list), page: None, given: 0, queries, empty: 0 }
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

    /// Reports the outcome of [`PagingStep::Read`].
    ///
    /// # Errors
    ///
    /// The page could not be read, or its link leads nowhere. That ends the list; to go on by hand, use [`Page::next`].
    pub fn received(&mut self, reply: Result<Reply<Page<L>>, Error>) -> Result<(), Error> {
        self.list = None;
        let reply = reply?;
        let page = reply.value();
        let next = page.next().cloned();
        self.empty = if page.item(0).is_some() { 0 } else { self.empty + 1 };
        if let Some(next) = &next {
            if !self.queries.insert(next.query()) {
                return Err(reply.unusable("the link to the next page leads back to one that was read"));
            }
            if self.empty >= MOST_EMPTY_PAGES {
                return Err(
                    reply.unusable("a thousand pages in a row have no item, and there is a link to the next page")
                );
            }
        }
        (self.list, self.page, self.given) = (next, Some(reply.into_value()), 0);
        Ok(())
    }
}

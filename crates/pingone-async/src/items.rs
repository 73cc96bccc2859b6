use pingone_client_core::{CallOptions, Error, Paging, PagingStep};
use pingone_model::{Document, List};

use crate::Client;

/// All items of a list, from [`Client::items`]: each page is one call, made when its first item is asked for.
#[derive(Debug)]
pub struct Items<L: List> {
    client: Client,
    paging: Paging<L>,
}

impl<L: List> Items<L> {
    pub(crate) fn new(client: Client, list: L) -> Self {
        Self { client, paging: Paging::new(list) }
    }

    /// The next item; none after the last, and after an error.
    ///
    /// If the future is dropped while a page is read, that page is read again.
    ///
    /// # Errors
    ///
    /// A page could not be read, or its link leads nowhere: back to a page that was read, or through a thousand pages in
    /// a row without an item.
    pub async fn next(&mut self) -> Option<Result<Document<L::Item>, Error>> {
        loop {
            match self.paging.step() {
                PagingStep::Item(item) => return Some(Ok(item)),
                PagingStep::Read(list) => {
                    let page = self.client.call(list, &CallOptions::new()).await;
                    if let Err(error) = self.paging.received(page) {
                        return Some(Err(error));
                    }
                }
                PagingStep::Done => return None,
            }
        }
    }

    /// The same as a stream, for the adapters of `futures`.
    #[cfg(feature = "stream")]
    pub fn into_stream(self) -> impl futures_core::Stream<Item = Result<Document<L::Item>, Error>> + Send {
        futures_util::stream::unfold(self, |mut items| async move { Some((items.next().await?, items)) })
    }
}

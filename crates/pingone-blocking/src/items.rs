use pingone_client_core::{CallOptions, Error, Paging, PagingStep};
use pingone_model::{Document, List};

use crate::Client;

/// All items of a list, from [`Client::items`]: each page is one call, made when its first item is asked for. It ends
/// after an error.
#[derive(Debug)]
pub struct Items<L: List> {
    client: Client,
    paging: Paging<L>,
}

impl<L: List> Items<L> {
    pub(crate) fn new(client: Client, list: L) -> Self {
        Self { client, paging: Paging::new(list) }
    }
}

impl<L: List> Iterator for Items<L> {
    type Item = Result<Document<L::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.paging.step() {
                PagingStep::Item(item) => return Some(Ok(item)),
                PagingStep::Read(list) => {
                    let page = self.client.call(list, &CallOptions::new());
                    if let Err(error) = self.paging.received(page) {
                        return Some(Err(error));
                    }
                }
                PagingStep::Done => return None,
            }
        }
    }
}

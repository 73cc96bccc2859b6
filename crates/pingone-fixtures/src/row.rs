//! A row of the table.

use std::fmt::Debug;

use pingone_model::Operation;

use crate::{AnyDocument, AnyOperation, DocumentedRequest, Texts, document::Output, files};

/// A documented request, the operation that builds it, and what the service replies.
pub struct Row {
    name: &'static str,
    build: Box<Build>,
    replies: Replies,
}

type Build = dyn Fn(&Texts) -> Box<dyn AnyOperation>;

/// What the reference shows of the replies.
#[derive(Clone, Debug)]
pub enum Replies {
    /// These.
    Documented(Vec<DocumentedReply>),
    /// Nothing, for this reason.
    Absent(&'static str),
}

/// A reply that the reference shows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DocumentedReply {
    /// The name of its file in `fixtures/replies`.
    pub name: &'static str,
    /// Where it is from.
    pub source: &'static str,
    /// The JSON pointers of what the view does not know, and why.
    pub unknown: Vec<(&'static str, &'static str)>,
}

/// The operation of a row as documented, and which of its texts are secret.
#[derive(Debug)]
#[non_exhaustive]
pub struct Built {
    /// The operation.
    pub operation: Box<dyn AnyOperation>,
    /// The texts that are secret, as the request carries them.
    pub secret: Vec<&'static str>,
    /// The texts that may be shown.
    pub plain: Vec<&'static str>,
}

/// A documented reply, read.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reply {
    /// The name of its file.
    pub name: &'static str,
    /// As it came.
    pub text: String,
    /// What it is read to.
    pub documents: Vec<Box<dyn AnyDocument>>,
    /// The JSON pointers of what the view does not know.
    pub unknown: Vec<&'static str>,
}

impl Row {
    /// The request of this file in `fixtures/requests` is built so.
    #[must_use]
    pub fn new<O: Operation<Output: Output + 'static> + Debug + 'static>(
        request: &'static str,
        build: fn(&Texts) -> O,
    ) -> Self {
        let build = Box::new(move |texts: &Texts| Box::new(build(texts)) as Box<dyn AnyOperation>);
        Self { name: request, build, replies: Replies::Documented(Vec::new()) }
    }

    /// The service replies as in this file of `fixtures/replies`, which is from there.
    #[must_use]
    pub fn reply(mut self, name: &'static str, source: &'static str) -> Self {
        match &mut self.replies {
            Replies::Documented(replies) => replies.push(DocumentedReply { name, source, unknown: Vec::new() }),
            Replies::Absent(why) => panic!("{name} is documented, and yet: {why}"),
        }
        self
    }

    /// The view does not know the member at this JSON pointer of the reply named last.
    #[must_use]
    pub fn unknown(mut self, pointer: &'static str, why: &'static str) -> Self {
        let last = match &mut self.replies {
            Replies::Documented(replies) => replies.last_mut(),
            Replies::Absent(_) => None,
        };
        last.unwrap_or_else(|| panic!("{pointer} of which reply? Call `reply` first")).unknown.push((pointer, why));
        self
    }

    /// The reference shows no reply, for this reason.
    #[must_use]
    pub fn no_reply(mut self, why: &'static str) -> Self {
        self.replies = Replies::Absent(why);
        self
    }

    /// The name of its request.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its request as the reference shows it.
    #[must_use]
    pub fn documented(&self) -> DocumentedRequest {
        DocumentedRequest::read(self.name)
    }

    /// What the reference shows of its replies.
    #[must_use]
    pub fn replies(&self) -> &Replies {
        &self.replies
    }

    /// Its operation, as documented.
    #[must_use]
    pub fn built(&self) -> Built {
        let texts = Texts::default();
        let operation = (self.build)(&texts);
        let (secret, plain) = texts.into_secret_and_plain();
        Built { operation, secret, plain }
    }

    /// Its operation, with this canary in the place of each secret.
    #[must_use]
    pub fn planted(&self, canary: &'static str) -> Box<dyn AnyOperation> {
        (self.build)(&Texts::planted(canary))
    }

    pub(crate) fn into_replies(self) -> Vec<Reply> {
        let Replies::Documented(replies) = &self.replies else { return Vec::new() };
        let operation = self.built().operation;
        let read = |DocumentedReply { name, unknown, .. }: &DocumentedReply| {
            let text = files::text("replies", name);
            let documents = operation.read(&text);
            Reply { name, text, documents, unknown: unknown.iter().map(|(pointer, _)| *pointer).collect() }
        };
        replies.iter().map(read).collect()
    }
}

impl Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("name", &self.name).field("replies", &self.replies).finish_non_exhaustive()
    }
}

use std::{any::TypeId, fmt::Debug};

use bytes::Bytes;
use http::{Request, Response};
use pingone_model::{Environment, FromResponse, Operation, OperationInfo, RequestError};

use crate::{AnyDocument, document::Output};

/// An [`Operation`] of any type.
pub trait AnyOperation: Debug {
    /// Its [`Operation::INFO`].
    fn info(&self) -> &'static OperationInfo;

    /// [`Operation::request`].
    ///
    /// # Errors
    ///
    /// Those of the operation.
    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError>;

    /// Whether its success says anything.
    fn has_output(&self) -> bool;

    /// The documents that this body of a success is read to. The body may be about another thing than the operation.
    fn read(&self, body: &str) -> Vec<Box<dyn AnyDocument>>;
}

impl<O: Operation<Output: Output + 'static> + Debug> AnyOperation for O {
    fn info(&self) -> &'static OperationInfo {
        O::INFO
    }

    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError> {
        Operation::request(self, environment)
    }

    fn has_output(&self) -> bool {
        TypeId::of::<O::Output>() != TypeId::of::<()>()
    }

    fn read(&self, body: &str) -> Vec<Box<dyn AnyDocument>> {
        let response = Response::new(Bytes::from(body.to_owned()));
        O::Output::from_response(self, &response)
            .unwrap_or_else(|error| panic!("{}: {error}", O::INFO.name))
            .documents()
    }
}

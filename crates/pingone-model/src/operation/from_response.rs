use std::{error::Error, fmt};

use bytes::Bytes;
use http::Response;

use crate::{
    Document,
    reply::{identity, member::Member},
};

/// What the success of an operation `O` is read into, as well as a refusal that is an
/// [ordinary answer](crate::OperationInfo::answered_by) of it.
///
/// An output of your own reads the whole response, headers included:
///
/// ```
/// use std::error::Error;
///
/// use pingone_model::FromResponse;
///
/// struct Created { location: String }
///
/// impl<O: ?Sized> FromResponse<O> for Created {
///     fn from_response(_: &O, response: &http::Response<bytes::Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
///         let location = response.headers().get("location").ok_or("the response has no Location")?;
///         Ok(Self { location: location.to_str()?.to_owned() })
///     }
/// }
/// ```
pub trait FromResponse<O: ?Sized>: Sized + Send {
    /// Reads the `response` to `operation`.
    ///
    /// # Errors
    ///
    /// Why it cannot be read.
    fn from_response(operation: &O, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>>;

    /// Whether it is about the thing with this `id`, to which the operation's path leads.
    fn is_about(&self, id: &str) -> bool {
        let _ = id;
        true
    }
}

/// An output that reads the operation as well reads it by reference too, so that it can be sent so:
/// `by_reference!(Create => Step);`
macro_rules! by_reference {
    ($operation:ident => $output:ty) => {
        impl $crate::FromResponse<&$operation> for $output {
            fn from_response(
                operation: &&$operation,
                response: &http::Response<bytes::Bytes>,
            ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Self::from_response(*operation, response)
            }

            fn is_about(&self, id: &str) -> bool {
                <Self as $crate::FromResponse<$operation>>::is_about(self, id)
            }
        }
    };
}
pub(crate) use by_reference;

/// Nothing to read, as after 204.
impl<O: ?Sized> FromResponse<O> for () {
    fn from_response(_: &O, _: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(())
    }
}

/// JSON. If the operation's path leads to one thing, a reply that carries another id is an error; ids are compared
/// without case, and a reply without one is accepted.
impl<O: ?Sized, T: Member + Send + Sync> FromResponse<O> for Document<T> {
    fn from_response(_: &O, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self::from_json(response.body().clone())?)
    }

    fn is_about(&self, id: &str) -> bool {
        identity::is(self, id)
    }
}

/// Why a reply that can be read is not about what was asked for.
#[derive(Debug)]
pub(crate) struct AboutAnother(pub(crate) &'static str);

impl fmt::Display for AboutAnother {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for AboutAnother {}

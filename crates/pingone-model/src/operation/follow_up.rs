use super::Operation;

/// An operation whose outcome can be read: after a lost reply, or a refusal because somebody was quicker.
///
/// What creates something has none, because the new id was in the lost reply; except a user, who can be found by name.
/// After a *delete*, a 404 means that it is done.
pub trait FollowUp: Operation {
    /// The operation that reads it.
    type Read: Operation;

    /// Reads the current state.
    fn follow_up(&self) -> Self::Read;
}

impl<O: FollowUp> FollowUp for &O
where
    Self: Operation,
{
    type Read = O::Read;

    fn follow_up(&self) -> Self::Read {
        (**self).follow_up()
    }
}

/// The operation is followed up by reading its resource: `follow_up!(Delete => Read(id));`
macro_rules! follow_up {
    ($operation:ident => $read:ident($($id:ident),+)) => {
        impl $crate::FollowUp for $operation {
            type Read = $read;

            fn follow_up(&self) -> Self::Read {
                $read::new($(&self.$id),+)
            }
        }
    };
}
pub(crate) use follow_up;

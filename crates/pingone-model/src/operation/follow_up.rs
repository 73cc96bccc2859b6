use super::Operation;

/// An operation whose fate can be read: after a reply that was lost, or a refusal because somebody was quicker.
///
/// What creates a thing has none, for the new id was in the lost reply; except a user, who can be found by name. After a
/// *delete*, a 404 means that it is done. After a *reset*, whose resource stays, the read shows only the state.
pub trait FollowUp: Operation {
    /// The operation that reads it.
    type Read: Operation;

    /// Reads where the thing stands now.
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

/// The operation is followed up by reading the thing that it is on: `follow_up!(Delete => Read(id));`
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

use crate::{
    answer::Answer,
    error::Refusal,
    resource::{Context, Stores},
};

/// Deletes the key, so that nobody can claim it any more.
pub(super) fn remove(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    stores.pairing_keys.remove(context.parameter("pairingKeyId"));
    // Rule: DELETE_PAIRING_KEY_IS_204.
    Ok(Answer::no_content())
}

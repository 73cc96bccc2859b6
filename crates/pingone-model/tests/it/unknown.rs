//! What a view has no place for, as a list to compare.

pub(crate) fn unknown(for_each: impl FnOnce(&mut dyn FnMut(&str))) -> Vec<String> {
    let mut all = Vec::new();
    for_each(&mut |pointer| all.push(pointer.to_owned()));
    all
}

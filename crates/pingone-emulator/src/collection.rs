//! Items with keys, in the order in which they were added.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// An item with a key that exists replaces the old one.
#[derive(Clone)]
pub(crate) struct Collection<T> {
    items: BTreeMap<u64, (Arc<str>, T)>,
    numbers: HashMap<Arc<str>, u64>,
    next: u64,
    /// How many items were looked at.
    #[cfg(test)]
    pub(crate) looks: std::cell::Cell<usize>,
}

impl<T> Collection<T> {
    pub(crate) fn new() -> Self {
        Self {
            items: BTreeMap::new(),
            numbers: HashMap::new(),
            next: 0,
            #[cfg(test)]
            looks: Default::default(),
        }
    }

    /// Of two items with the same key, the first one wins.
    pub(crate) fn of(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> &str) -> Self {
        let mut collection = Self::new();
        for item in items {
            if collection.get(key(&item)).is_none() {
                let key = key(&item).to_owned();
                collection.put(&key, item);
            }
        }
        collection
    }

    /// Returns the number of its place, which grows with each new key.
    pub(crate) fn put(&mut self, key: &str, item: T) -> u64 {
        if let Some(number) = self.numbers.get(key).copied() {
            if let Some((_, known)) = self.items.get_mut(&number) {
                *known = item;
            }
            return number;
        }
        let (key, number) = (Arc::<str>::from(key), self.next);
        self.next += 1;
        self.numbers.insert(key.clone(), number);
        self.items.insert(number, (key, item));
        number
    }

    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        self.at(*self.numbers.get(key)?)
    }

    /// The item with this key, added now if there is none.
    pub(crate) fn entry(&mut self, key: &str) -> &mut T
    where
        T: Default,
    {
        let number = match self.numbers.get(key) {
            Some(number) => *number,
            None => self.put(key, T::default()),
        };
        &mut self.items.entry(number).or_insert_with(|| (Arc::from(key), T::default())).1
    }

    /// The item at the place with this number.
    pub(crate) fn at(&self, number: u64) -> Option<&T> {
        self.count_look();
        self.items.get(&number).map(|(_, item)| item)
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<T> {
        let number = *self.numbers.get(key)?;
        self.remove_at(number)
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// Removes the item at the place with this number.
    pub(crate) fn remove_at(&mut self, number: u64) -> Option<T> {
        let (key, item) = self.items.remove(&number)?;
        self.numbers.remove(&key);
        Some(item)
    }

    /// Removes what is not to be kept.
    pub(crate) fn retain(&mut self, keep: impl Fn(&str, &T) -> bool) {
        let is_to_go = |(key, item): &(Arc<str>, T)| !keep(key, item);
        let gone: Vec<u64> = self.items.iter().filter(|(_, item)| is_to_go(item)).map(|(number, _)| *number).collect();
        for number in gone {
            self.remove_at(number);
        }
    }

    /// The number of the oldest, and the oldest.
    pub(crate) fn oldest(&self) -> Option<(u64, &T)> {
        self.items.first_key_value().map(|(number, (_, item))| (*number, item))
    }

    /// The oldest first, with the numbers of their places.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (u64, &T)> {
        self.items.iter().map(|(number, (_, item))| (*number, item))
    }

    fn count_look(&self) {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
    }

    /// The oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.items.values().map(|(_, item)| {
            self.count_look();
            item
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_and_the_place() {
        let mut collection = Collection::new();
        let numbers = ["b", "a", "c"].map(|key| collection.put(key, key.to_uppercase()));
        assert_eq!(collection.put("a", "second".to_owned()), numbers[1]);
        assert_eq!(collection.iter().collect::<Vec<_>>(), ["B", "second", "C"]);
        assert_eq!((collection.get("c"), collection.at(numbers[0])), (Some(&"C".to_owned()), Some(&"B".to_owned())));
        assert_eq!((collection.remove("b").as_deref(), collection.remove("b")), (Some("B"), None));
        assert_eq!(collection.put("b", "last".to_owned()), 3, "who comes back comes last");
        assert_eq!(collection.iter().next_back().unwrap(), "last");
        collection.retain(|key, item| key != "a" && item != "C");
        assert_eq!(collection.iter().collect::<Vec<_>>(), ["last"]);
        assert_eq!(collection.get("a"), None);
    }
}

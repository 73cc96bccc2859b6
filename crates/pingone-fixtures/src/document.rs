//! What replies are read to, whatever their type.

use std::fmt::Debug;

use pingone_model::{
    Document, List, Member, Page, RememberedDevice,
    pairing_key::PairingStep,
    user_device::{EnrolmentStep, RememberedBrowser},
};
use serde_json::Value;

/// A [`Document`] of any type.
pub trait AnyDocument: Debug + Send + Sync {
    /// [`Document::as_json`].
    fn as_json(&self) -> &str;

    /// What [`Document::for_each_unknown`] tells.
    fn unknown(&self) -> Vec<String>;

    /// What its accessors show, as JSON again.
    fn shown(&self) -> Value;

    /// What `Serialize` writes.
    fn stored(&self) -> Value;

    /// Reads another body to the same type.
    ///
    /// # Errors
    ///
    /// That of [`Document::from_json`].
    fn again(&self, json: String) -> Result<Box<dyn AnyDocument>, serde_json::Error>;
}

impl<T: Member + Debug + Send + Sync + 'static> AnyDocument for Document<T> {
    fn as_json(&self) -> &str {
        Self::as_json(self)
    }

    fn unknown(&self) -> Vec<String> {
        let mut all = Vec::new();
        self.for_each_unknown(|pointer| all.push(pointer.to_owned()));
        all
    }

    fn shown(&self) -> Value {
        T::shown(self)
    }

    fn stored(&self) -> Value {
        serde_json::to_value(self).unwrap()
    }

    fn again(&self, json: String) -> Result<Box<dyn AnyDocument>, serde_json::Error> {
        Ok(Box::new(Self::from_json(json)?))
    }
}

/// The output of an operation.
pub trait Output {
    /// The documents in it: itself, the items of a page, or none.
    fn documents(self) -> Vec<Box<dyn AnyDocument>>;
}

impl Output for () {
    fn documents(self) -> Vec<Box<dyn AnyDocument>> {
        Vec::new()
    }
}

impl<T: Member + Debug + Send + Sync + 'static> Output for Document<T> {
    fn documents(self) -> Vec<Box<dyn AnyDocument>> {
        vec![Box::new(self)]
    }
}

impl Output for EnrolmentStep {
    fn documents(self) -> Vec<Box<dyn AnyDocument>> {
        self.device().cloned().documents()
    }
}

impl Output for PairingStep {
    fn documents(self) -> Vec<Box<dyn AnyDocument>> {
        self.key().clone().documents()
    }
}

impl Output for RememberedBrowser {
    fn documents(self) -> Vec<Box<dyn AnyDocument>> {
        self.device().clone().documents()
    }
}

impl<L: List<Item: Debug + 'static>> Output for Page<L> {
    fn documents(self) -> Vec<Box<dyn AnyDocument>> {
        self.items().map(|item| Box::new(item) as Box<dyn AnyDocument>).collect()
    }
}

impl<T: Output> Output for Option<T> {
    fn documents(self) -> Vec<Box<dyn AnyDocument>> {
        self.map(Output::documents).unwrap_or_default()
    }
}

impl Output for RememberedDevice {
    fn documents(self) -> Vec<Box<dyn AnyDocument>> {
        match self {
            Self::Remembered(completed) => completed.authentication().clone().documents(),
            Self::NotRemembered(failed) => failed.authentication().clone().documents(),
            Self::Unknown(reply) => reply.documents(),
            other => panic!("crates/pingone-fixtures does not know {other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use pingone_model::{Operation, OperationInfo, Path, PolicyReference, Query};

    use super::*;
    use crate::AnyOperation;

    #[derive(Clone, Debug)]
    struct ListPolicies;

    impl Operation for ListPolicies {
        const INFO: &'static OperationInfo =
            &OperationInfo::get("policy.list", Path::api("/environments/{envID}/policies"), &[]);
        type Output = Page<Self>;
    }

    impl List for ListPolicies {
        type Item = PolicyReference;
        const ITEMS: &'static str = "policies";

        fn at(&self, _: Query) -> Self {
            Self
        }
    }

    #[test]
    fn a_page_is_read_to_its_items() {
        let list: Box<dyn AnyOperation> = Box::new(ListPolicies);
        let items = list.read(r#"{"_embedded": {"policies": [{"id": "p-1"}, {"id": "p-2", "new": 1}]}}"#);
        assert_eq!(
            items.iter().map(|item| item.as_json()).collect::<Vec<_>>(),
            [r#"{"id": "p-1"}"#, r#"{"id": "p-2", "new": 1}"#]
        );
        assert_eq!((items[0].unknown(), items[1].unknown()), (vec![], vec!["/new".to_owned()]));
        assert!(list.has_output());
    }
}

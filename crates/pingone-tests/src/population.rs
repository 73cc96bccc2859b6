//! Operations of one's own, as a user of these crates would write them: on a resource of which these crates have the list
//! alone.

use pingone_model::{
    Body, Document, FollowUp, Ids, List, Operation, OperationInfo, Page, Path, Query, RequestError, Untyped, media_type,
};
use serde_json::json;

const ALL: Path = Path::api("/environments/{envID}/populations");
const ONE: Path = Path::api("/environments/{envID}/populations/{populationID}");

/// A page of the populations.
#[derive(Clone, Debug, Default)]
pub struct ListPopulations {
    /// Which of them.
    pub query: Query,
}

impl Operation for ListPopulations {
    const INFO: &'static OperationInfo = &OperationInfo::get("population.list", ALL, &[]);
    type Output = Page<Self>;

    fn query(&self) -> Query {
        self.query.clone()
    }
}

impl List for ListPopulations {
    type Item = Untyped;
    const ITEMS: &'static str = "populations";

    fn at(&self, query: Query) -> Self {
        Self { query }
    }
}

/// One population: *safe*.
#[derive(Clone, Debug)]
pub struct ReadPopulation(pub String);

impl Operation for ReadPopulation {
    const INFO: &'static OperationInfo = &OperationInfo::get("population.read", ONE, &[]);
    type Output = Document<Untyped>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(("population_id", &*self.0))
    }
}

/// Gives a population another name: *idempotent*.
#[derive(Clone, Debug)]
pub struct ReplacePopulation(pub String);

impl Operation for ReplacePopulation {
    const INFO: &'static OperationInfo = &OperationInfo::put("population.replace", ONE, &[]);
    type Output = Document<Untyped>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(("population_id", &*self.0))
    }

    fn body(&self) -> Result<Body, RequestError> {
        Ok(json!({ "name": "Other" }).into())
    }
}

impl FollowUp for ReplacePopulation {
    type Read = ReadPopulation;

    fn follow_up(&self) -> ReadPopulation {
        ReadPopulation(self.0.clone())
    }
}

/// A new population: neither.
#[derive(Clone, Debug)]
pub struct CreatePopulation;

impl Operation for CreatePopulation {
    const INFO: &'static OperationInfo = &OperationInfo::post("population.create", ALL, media_type::JSON, &[]);
    type Output = Document<Untyped>;

    fn body(&self) -> Result<Body, RequestError> {
        Ok(json!({ "name": "New" }).into())
    }
}

/// One population less: neither, as a second answer would deny what the first has done.
#[derive(Clone, Debug)]
pub struct DeletePopulation(pub String);

impl Operation for DeletePopulation {
    const INFO: &'static OperationInfo = &OperationInfo::delete("population.delete", ONE, &[]);
    type Output = ();

    fn ids(&self) -> Ids<'_> {
        Ids::of(("population_id", &*self.0))
    }
}

impl FollowUp for DeletePopulation {
    type Read = ReadPopulation;

    fn follow_up(&self) -> ReadPopulation {
        ReadPopulation(self.0.clone())
    }
}

/// The environment's public keys, which anybody may read: without a token.
#[derive(Clone, Debug)]
pub struct ReadKeys;

impl Operation for ReadKeys {
    const INFO: &'static OperationInfo =
        &OperationInfo::get("key.list", Path::auth("/{envID}/as/jwks"), &[]).without_token();
    type Output = Document<Untyped>;
}

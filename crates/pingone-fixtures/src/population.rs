use pingone_model::population::ListPopulations;

use crate::{
    Row,
    sources::{DATA_MODEL, POSTMAN_2021},
};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        Row::new("population.list", |_| ListPopulations::new())
            .reply("population.list", POSTMAN_2021)
            .reply("population.list.every_member", DATA_MODEL),
    ]
}

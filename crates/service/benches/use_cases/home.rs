//! The pages with which those who report begin.

use testkit::LivedIn;

use crate::measure::Durations;

/// The open duties, and the first page of incidents.
pub async fn measure(node: &LivedIn, operations: usize) {
    let (mut duties, mut incidents) = (Durations::default(), Durations::default());
    for number in 0..operations {
        let caller = &node.reporters.get(number % node.reporters.len()).expect("somebody reports").caller;
        duties.time(node.service.open_duties(caller)).await.expect("the duties are listed");
        incidents
            .time(node.service.incidents(caller, None, None, 50))
            .await
            .expect("the incidents are listed");
    }
    duties.print("open duties by time left, 200 lines");
    incidents.print("incidents, a page of 50");
}
